// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import halfsecond.router.utterance.TrafficClass;
import java.util.Set;

/**
 * One attempt at one clip.
 *
 * @param attempt 1 for the first
 * @param avoid backends that failed this clip before, by {@link RecognitionStream#backend}; they
 *     are taken only when there is no other
 */
public record ClipRequest(
    String modelVersion,
    String utteranceId,
    int attempt,
    RecognitionOptions options,
    TrafficClass trafficClass,
    Set<String> avoid) {
  public ClipRequest {
    avoid = Set.copyOf(avoid);
  }
}
