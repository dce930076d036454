// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import java.util.Set;

/**
 * One attempt at detecting the utterances of a session.
 *
 * @param startSample index of the first sample that will be sent: 0, or where a lost stream is
 *     taken up again
 * @param avoid detectors that failed this session before, by {@link VadStream#backend}; they are
 *     taken only when there is no other
 */
public record DetectionRequest(
    String sessionId, EndpointingOptions options, long startSample, Set<String> avoid) {
  public DetectionRequest {
    avoid = Set.copyOf(avoid);
  }
}
