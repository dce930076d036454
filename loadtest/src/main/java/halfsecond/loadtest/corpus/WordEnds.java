// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.corpus;

import com.google.protobuf.ByteString;
import halfsecond.asr.recognition.Alternative;
import halfsecond.asr.recognition.Recognizer;
import halfsecond.asr.recognition.SpeechModel;
import halfsecond.asr.recognition.Word;
import halfsecond.asr.vosk.VoskEngine;
import halfsecond.common.audio.Audio16k;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks the recognizer where the last word of each query ends, for whoever wants to know how far
 * that is from the end of speech. What was asked once is remembered. For one thread.
 */
public final class WordEnds {
  private final Path model;
  private final Map<ByteString, Optional<Duration>> known = new HashMap<>();

  /**
   * Asks nothing yet.
   *
   * @param model directory of the model
   */
  public WordEnds(Path model) {
    this.model = model;
  }

  /**
   * The same corpus with the ends of the last words, absent where no word is heard. Takes about a
   * fortieth of the length of the audio, and a second to load the model.
   *
   * @throws IOException if the model cannot be loaded
   */
  public Corpus addTo(Corpus corpus) throws IOException {
    List<Query> queries = new ArrayList<>();
    try (SpeechModel loaded = new VoskEngine().load(model);
        Recognizer recognizer = loaded.recognizer()) {
      for (Query query : corpus.queries()) {
        Optional<Duration> end =
            known.computeIfAbsent(query.audio(), audio -> end(hear(recognizer, audio)));
        queries.add(
            new Query(query.name(), query.audio(), query.transcript(), query.speechEnd(), end));
      }
    }
    return new Corpus(corpus.name(), corpus.description(), queries);
  }

  static Alternative hear(Recognizer recognizer, ByteString audio) {
    recognizer.begin(1);
    int block = 2 * Recognizer.MAX_BLOCK_SAMPLES;
    for (int from = 0; from < audio.size(); from += block) {
      byte[] bytes = audio.substring(from, Math.min(from + block, audio.size())).toByteArray();
      recognizer.accept(bytes, bytes.length & ~1);
    }
    return recognizer.finish().best();
  }

  private static Optional<Duration> end(Alternative heard) {
    List<Word> words = heard.words();
    return words.isEmpty()
        ? Optional.empty()
        : Optional.of(Audio16k.duration(words.get(words.size() - 1).endSample()));
  }
}
