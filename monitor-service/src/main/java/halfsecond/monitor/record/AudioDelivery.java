// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.record;

import java.time.Duration;

/**
 * How the client's audio arrived.
 *
 * @param missing due by the clock when the utterance ended, but not there
 * @param longestGap between two messages
 * @param shortAudio the audio stopped inside the utterance
 */
public record AudioDelivery(Duration missing, Duration longestGap, boolean shortAudio) {
  public AudioDelivery {
    Limits.upTo("audio.missing", missing, Limits.LONGEST);
    Limits.upTo("audio.longest_gap", longestGap, Limits.LONGEST);
  }
}
