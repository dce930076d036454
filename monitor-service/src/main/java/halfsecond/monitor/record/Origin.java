// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.record;

import java.time.Instant;

/**
 * Where an utterance came from.
 *
 * @param eventTime wall clock at the end of speech
 * @param sessionUtterances of the session up to and including this one; 0 if not known
 */
public record Origin(
    String sessionId,
    Instant eventTime,
    int sessionUtterances,
    Cohort cohort,
    TrafficClass trafficClass,
    AudioFormat format) {
  public Origin {
    Limits.id("session_id", sessionId);
    Limits.between("session_utterances", sessionUtterances, 0, Integer.MAX_VALUE);
  }
}
