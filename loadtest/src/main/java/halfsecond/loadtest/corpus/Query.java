// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.corpus;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.Optional;

/**
 * One utterance to be spoken.
 *
 * @param name names it in reports
 * @param audio 16 kHz 16-bit little-endian mono
 * @param transcript the words that are in it, lower case, single spaces
 * @param speechEnd the end of speech: end of the last frame that the WebRTC detector calls voiced,
 *     from the start of the audio
 * @param lastWordEnd where the recognizer hears the last word end; absent when nobody asked it
 */
public record Query(
    String name,
    ByteString audio,
    String transcript,
    Duration speechEnd,
    Optional<Duration> lastWordEnd) {
  /** Length of the audio. */
  public Duration length() {
    return Duration.ofNanos(audio.size() / 2 * 62_500L);
  }
}
