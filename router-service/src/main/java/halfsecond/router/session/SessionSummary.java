// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one log line of a session, written at its end. */
record SessionSummary(SessionScope scope, Intake intake, UtteranceLine line) {
  private static final Logger LOG = LoggerFactory.getLogger(Session.class);

  void ended(String how) {
    LOG.atInfo()
        .addKeyValue("session_id", scope.sessionId())
        .addKeyValue("ended", how)
        .addKeyValue("traffic_class", scope.config().trafficClass())
        .addKeyValue("encoding", scope.config().format().encoding())
        .addKeyValue("sample_rate_hertz", scope.config().format().sampleRate().hertz())
        .addKeyValue("audio_ms", intake.audio().toMillis())
        .addKeyValue("utterances", line.answered())
        .log("session ended");
  }
}
