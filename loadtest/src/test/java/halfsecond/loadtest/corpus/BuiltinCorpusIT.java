// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.asr.model.ModelCatalogue;
import halfsecond.asr.model.ModelId;
import halfsecond.asr.recognition.Recognizer;
import halfsecond.asr.recognition.SpeechModel;
import halfsecond.asr.vosk.VoskEngine;
import halfsecond.loadtest.targets.TestModels;
import halfsecond.testing.WordErrorRate;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the real engine hears in the built-in corpus. */
final class BuiltinCorpusIT {
  private static Path model() throws IOException {
    return ModelCatalogue.open(TestModels.prepared())
        .find(ModelId.parse("en-small@1"))
        .orElseThrow()
        .directory();
  }

  /** Every so many queries: three and seven reach all voices, speeds, pitches and levels. */
  private static Corpus sample(int step) throws IOException {
    Corpus corpus = Corpora.open("builtin");
    List<Query> sample = new ArrayList<>();
    for (int i = 0; i < corpus.queries().size(); i += step) {
      sample.add(corpus.queries().get(i));
    }
    return new Corpus("sample", "one query in " + step, sample);
  }

  @Test
  void isUnderstood() throws Exception {
    WordErrorRate errors = WordErrorRate.NONE;
    try (SpeechModel loaded = new VoskEngine().load(model());
        Recognizer recognizer = loaded.recognizer()) {
      for (Query query : sample(3).queries()) {
        String heard = WordEnds.hear(recognizer, query.audio()).transcript();
        errors = errors.plus(WordErrorRate.of(query.transcript(), heard));
      }
    }
    assertThat(errors.words()).isGreaterThan(500);
    assertThat(errors.rate()).as(errors.toString()).isLessThan(0.10);
  }

  @Test
  void itsLastWordsEndNearTheEndOfSpeech() throws Exception {
    WordEnds ends = new WordEnds(model());
    Corpus with = ends.addTo(sample(7));

    assertThat(with.queries()).allMatch(query -> query.lastWordEnd().isPresent());
    for (Query query : with.queries()) {
      assertThat(query.lastWordEnd().orElseThrow())
          .as(query.name())
          .isCloseTo(query.speechEnd(), Duration.ofMillis(400));
    }
    assertThat(ends.addTo(sample(7)).queries()).isEqualTo(with.queries());
  }
}
