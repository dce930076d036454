// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.record;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a clip was.
 *
 * @param clip padding included, up to 60 s
 * @param speech from the first to the last voiced audio; null if not known
 */
public record ClipLength(Duration clip, @Nullable Duration speech) {
  private static final Duration LONGEST = Duration.ofSeconds(60);

  public ClipLength {
    Limits.upTo("clip_duration", clip, LONGEST);
    if (speech != null) {
      Limits.check(
          !speech.isNegative() && speech.compareTo(clip) <= 0,
          "speech_duration",
          "0 to clip_duration");
    }
  }
}
