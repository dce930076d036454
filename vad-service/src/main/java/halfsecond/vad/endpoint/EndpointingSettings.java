// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad.endpoint;

import halfsecond.common.error.SpeechException;
import java.time.Duration;

/**
 * How frames become utterances, within the limits of the contract. Lengths are applied as whole
 * frames, rounded up (the longest utterance: down).
 *
 * @param aggressiveness WebRTC VAD mode: 0 (most speech kept) to 3 (most noise rejected)
 * @param frame 10, 20 or 30 ms
 * @param onset voiced audio within the window that makes an onset: one frame to 500 ms
 * @param onsetWindow {@code onset} to 1 s
 * @param minSpeech voiced audio before an utterance exists: 0 to 1 s
 * @param preRoll audio before the onset that belongs to the clip: 0 to 1 s
 * @param hangover silence that ends an utterance: 100 ms to 2 s
 * @param trailingPadding silence after the last voiced frame that belongs to the clip: 0 to {@code
 *     hangover}
 * @param maxUtterance longest clip: 1 s to 30 s
 */
public record EndpointingSettings(
    int aggressiveness,
    Duration frame,
    Duration onset,
    Duration onsetWindow,
    Duration minSpeech,
    Duration preRoll,
    Duration hangover,
    Duration trailingPadding,
    Duration maxUtterance) {
  private static final int HIGHEST_MODE = 3;
  private static final Duration LONGEST_ONSET = Duration.ofMillis(500);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration SHORTEST_HANGOVER = Duration.ofMillis(100);
  private static final Duration LONGEST_HANGOVER = Duration.ofSeconds(2);
  private static final Duration LONGEST_UTTERANCE = Duration.ofSeconds(30);

  /**
   * @throws SpeechException FIELD_INVALID naming the first field outside of its limits by its name
   *     in the contract
   */
  public EndpointingSettings {
    if (aggressiveness < 0 || aggressiveness > HIGHEST_MODE) {
      throw SpeechException.fieldInvalid("aggressiveness", "0 to " + HIGHEST_MODE);
    }
    if (!isFrame(frame)) {
      throw SpeechException.fieldInvalid("frame", "10, 20 or 30 ms");
    }
    check("onset", onset, frame, LONGEST_ONSET, "one frame to 500 ms");
    check("onset_window", onsetWindow, onset, SECOND, "onset to 1 s");
    check("min_speech", minSpeech, Duration.ZERO, SECOND, "0 to 1 s");
    check("pre_roll", preRoll, Duration.ZERO, SECOND, "0 to 1 s");
    check("hangover", hangover, SHORTEST_HANGOVER, LONGEST_HANGOVER, "100 ms to 2 s");
    check("trailing_padding", trailingPadding, Duration.ZERO, hangover, "0 to hangover");
    check("max_utterance", maxUtterance, SECOND, LONGEST_UTTERANCE, "1 s to 30 s");
  }

  /** Length of a frame in whole milliseconds. */
  public int frameMillis() {
    return (int) frame.toMillis();
  }

  private static boolean isFrame(Duration frame) {
    return frame.equals(Duration.ofMillis(10))
        || frame.equals(Duration.ofMillis(20))
        || frame.equals(Duration.ofMillis(30));
  }

  private static void check(
      String field, Duration value, Duration least, Duration most, String limit) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw SpeechException.fieldInvalid(field, limit);
    }
  }
}
