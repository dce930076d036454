// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.e2e;

import halfsecond.asr.recognition.Alternative;
import halfsecond.asr.recognition.Recognizer;
import halfsecond.asr.recognition.SpeechModel;
import halfsecond.asr.recognition.Word;
import halfsecond.asr.vosk.VoskEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ShortBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The engine by itself on whole files: no endpointing, no network, no noise rule. What the pipeline
 * is compared with in the same run.
 */
final class RawVosk implements AutoCloseable {

  private static final int BLOCK_SAMPLES = 1_600;

  /**
   * What was heard in one file.
   *
   * @param lastWordEnd where the last word ended, from the start of the file
   * @param finalization from handing over the last 100 ms until the final text
   */
  record Heard(String transcript, Duration lastWordEnd, Duration finalization) {}

  /** The engine hears the same in the same samples, so both shapes of the pipeline share it. */
  private static final Map<ShortBuffer, Heard> HEARD = new ConcurrentHashMap<>();

  private final SpeechModel model;

  RawVosk() {
    try {
      model = new VoskEngine().load(TestModels.version().directory());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Heard hear(short[] samples) {
    return HEARD.computeIfAbsent(ShortBuffer.wrap(samples.clone()), audio -> decode(samples));
  }

  private Heard decode(short[] samples) {
    try (Recognizer recognizer = model.recognizer()) {
      recognizer.begin(1);
      int last = (samples.length - 1) / BLOCK_SAMPLES * BLOCK_SAMPLES;
      for (int start = 0; start < last; start += BLOCK_SAMPLES) {
        accept(recognizer, samples, start);
      }
      long handedOver = System.nanoTime();
      accept(recognizer, samples, last);
      Alternative best = recognizer.finish().best();
      Duration finalization = Duration.ofNanos(System.nanoTime() - handedOver);
      return new Heard(best.transcript(), lastWordEnd(best.words()), finalization);
    }
  }

  private static void accept(Recognizer recognizer, short[] samples, int start) {
    int end = Math.min(samples.length, start + BLOCK_SAMPLES);
    byte[] bytes = SpokenAudio.littleEndian(Arrays.copyOfRange(samples, start, end));
    recognizer.accept(bytes, bytes.length);
  }

  private static Duration lastWordEnd(List<Word> words) {
    return words.isEmpty()
        ? Duration.ZERO
        : Duration.ofNanos(words.get(words.size() - 1).endSample() * 62_500L);
  }

  @Override
  public void close() {
    model.close();
  }
}
