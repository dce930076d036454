// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

/**
 * Decodes clips one after another with one model. A clip is {@link #begin}, any number of {@link
 * #accept}, then {@link #finish}; nothing of a clip is carried into the next one, so equal audio in
 * equal blocks gives equal text.
 *
 * <p>For one thread at a time: a second thread that comes while a call runs gets {@link
 * IllegalStateException}. The owner closes it, after which every call throws {@link
 * IllegalStateException}.
 */
public interface Recognizer extends AutoCloseable {
  /** Samples a second that {@link #accept} takes. */
  int SAMPLE_RATE = 16_000;

  /**
   * Most samples of one {@link #accept}, 200 ms: bounds how long a cancelled clip holds its thread.
   */
  int MAX_BLOCK_SAMPLES = 3_200;

  /** Most alternatives of a final. */
  int MAX_ALTERNATIVES = 10;

  /**
   * Starts a clip.
   *
   * @param alternatives most hypotheses that the final may hold, 1 to {@link #MAX_ALTERNATIVES};
   *     more than one turns word confidences off
   */
  void begin(int alternatives);

  /**
   * Decodes the first {@code length} bytes of {@code audio}, 16-bit little-endian samples.
   *
   * @throws IllegalArgumentException if the length is odd, negative, longer than the array or than
   *     a block
   * @throws RecognizerException if the engine fails; the recognizer can then only be closed
   */
  void accept(byte[] audio, int length);

  /** The best text so far; empty if nothing was heard. */
  String partial();

  /**
   * Ends the clip.
   *
   * @throws RecognizerException if the engine fails; the recognizer can then only be closed
   */
  Recognition finish();

  /** Frees the native memory, waiting for a call that is running. A second close does nothing. */
  @Override
  void close();
}
