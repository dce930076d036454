// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.vosk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import halfsecond.asr.TestModels;
import halfsecond.asr.recognition.Alternative;
import halfsecond.asr.recognition.Recognition;
import halfsecond.asr.recognition.Recognizer;
import halfsecond.asr.recognition.SpeechModel;
import halfsecond.asr.recognition.Word;
import halfsecond.common.audio.Audio16k;
import halfsecond.testing.Clip;
import halfsecond.testing.RecordedSpeech;
import halfsecond.testing.TestAudio;
import halfsecond.testing.WordErrorRate;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class VoskClipsIT {
  private static final int BLOCK = 3200;

  private final VoskEngine engine = new VoskEngine();

  @Test
  void recognizesRecordedSpeechWithWordsInPlace() throws IOException {
    WordErrorRate errors = WordErrorRate.NONE;
    int partials = 0;
    try (SpeechModel model = model("composed");
        Recognizer recognizer = model.recognizer()) {
      for (Clip clip : RecordedSpeech.clips()) {
        byte[] audio = clip.bytes();
        recognizer.begin(1);
        for (int at = 0; at < audio.length; at += BLOCK) {
          recognizer.accept(block(audio, at), Math.min(BLOCK, audio.length - at));
          partials += recognizer.partial().isEmpty() ? 0 : 1;
        }
        Alternative best = recognizer.finish().best();
        errors = errors.plus(WordErrorRate.of(clip.transcript(), best.transcript()));
        assertWordsInPlace(best, audio.length / 2);
      }
    }
    assertThat(errors.rate()).as(errors.toString()).isLessThan(0.09);
    assertThat(partials).isGreaterThan(100);
    assertThat(engine.liveModels()).isZero();
    assertThat(engine.liveRecognizers()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"composed", "stock"})
  void hearsTheSameWhateverItHeardBefore(String graph) throws IOException {
    List<Clip> clips = RecordedSpeech.clips().subList(4, 8);
    try (SpeechModel model = model(graph)) {
      List<Recognition> alone = new ArrayList<>();
      for (Clip clip : clips) {
        try (Recognizer fresh = model.recognizer()) {
          alone.add(hear(fresh, clip.bytes(), 1));
        }
      }
      try (Recognizer used = model.recognizer()) {
        for (int i = 0; i < clips.size(); i++) {
          hear(used, clips.get((i + 3) % clips.size()).bytes(), 1 + i % 2);
          used.begin(1);
          used.accept(clips.get(0).bytes(), BLOCK);
          used.finish();
          assertThat(hear(used, clips.get(i).bytes(), 1))
              .as(clips.get(i).name())
              .isEqualTo(alone.get(i));
        }
      }
    }
  }

  @Test
  void offersAlternatives() throws IOException {
    try (SpeechModel model = model("composed");
        Recognizer recognizer = model.recognizer()) {
      Recognition recognition = hear(recognizer, RecordedSpeech.cards().get(1).bytes(), 5);

      assertThat(recognition.alternatives()).hasSizeBetween(2, 5);
      assertThat(recognition.alternatives())
          .extracting(Alternative::transcript)
          .doesNotHaveDuplicates();
      assertThat(recognition.best().confidence().getAsDouble()).isBetween(0.3, 1.0);
      assertThat(recognition.best().words()).allMatch(word -> word.confidence().isEmpty());
      assertThat(recognition.alternatives().get(1).confidence()).isEmpty();
    }
  }

  @Test
  void hearsNothingInSilence() throws IOException {
    try (SpeechModel model = model("composed");
        Recognizer recognizer = model.recognizer()) {
      assertThat(hear(recognizer, Audio16k.toBytes(TestAudio.silence(Duration.ofSeconds(1))), 1))
          .isEqualTo(Recognition.EMPTY);
      assertThat(
              hear(recognizer, Audio16k.toBytes(TestAudio.silence(Duration.ofSeconds(1))), 3)
                  .best()
                  .transcript())
          .isEmpty();
      assertThat(hear(recognizer, new byte[0], 1)).isEqualTo(Recognition.EMPTY);
      assertThat(hear(recognizer, new byte[2], 1)).isEqualTo(Recognition.EMPTY);
    }
  }

  @Test
  void hearsNothingButItsPhrases() throws IOException {
    try (SpeechModel model = model("stock");
        Recognizer recognizer = model.recognizerFor(List.of("ten of clubs", "seven of hearts"))) {
      assertThat(model.takesPhrases()).isTrue();
      assertThat(hear(recognizer, RecordedSpeech.cards().get(0).bytes(), 1).best().transcript())
          .isEqualTo("ten of clubs");
      assertThat(hear(recognizer, RecordedSpeech.cards().get(2).bytes(), 1).best().transcript())
          .startsWith("seven of");
    }
  }

  @Test
  void knowsItsVocabulary() throws IOException {
    try (SpeechModel model = model("composed")) {
      assertThat(model.knows("hello")).isTrue();
      assertThat(model.knows("don't")).isTrue();
      assertThat(model.knows("qzxqzx")).isFalse();
      assertThat(model.knows("")).isFalse();
      assertThat(model.knows("hello\0")).isFalse();
    }
  }

  @Test
  void noticesAHandleThatNobodyClosed() throws IOException {
    try (SpeechModel model = model("composed")) {
      lose(model);
      await("the garbage collector")
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> {
                System.gc();
                return engine.leakedHandles() == 1;
              });
      assertThat(engine.liveRecognizers()).isZero();
    }
  }

  @SuppressWarnings("resource") // the point
  private static void lose(SpeechModel model) {
    assertThat(model.recognizer()).isNotNull();
  }

  private SpeechModel model(String graph) throws IOException {
    var installed = TestModels.find(TestModels.FAST);
    Path directory = graph.equals("stock") ? installed.grammarDirectory() : installed.directory();
    return engine.load(directory);
  }

  private static void assertWordsInPlace(Alternative best, long samples) {
    long last = 0;
    for (Word word : best.words()) {
      assertThat(word.startSample()).isGreaterThanOrEqualTo(last);
      last = word.endSample();
      assertThat(word.confidence().getAsDouble()).isBetween(0.0, 1.0);
    }
    assertThat(last).isBetween(samples / 2, samples);
    assertThat(best.transcript())
        .isEqualTo(String.join(" ", best.words().stream().map(Word::text).toList()));
    assertThat(best.confidence().getAsDouble()).isGreaterThan(0.7);
  }

  private static Recognition hear(Recognizer recognizer, byte[] audio, int alternatives) {
    recognizer.begin(alternatives);
    for (int at = 0; at < audio.length; at += BLOCK) {
      recognizer.accept(block(audio, at), Math.min(BLOCK, audio.length - at));
    }
    return recognizer.finish();
  }

  private static byte[] block(byte[] audio, int at) {
    byte[] block = new byte[BLOCK];
    System.arraycopy(audio, at, block, 0, Math.min(BLOCK, audio.length - at));
    return block;
  }
}
