// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import halfsecond.router.audio.AudioRing;
import halfsecond.router.audio.ClientTimeline;
import halfsecond.router.utterance.TrafficClass;
import java.time.Duration;
import java.util.concurrent.Executor;

/** What the parts of one session share. */
record SessionScope(
    String sessionId,
    SessionConfig config,
    SessionServices services,
    Executor sequence,
    AudioRing ring,
    AudioClock audioClock,
    WallClock wall,
    ClientTimeline timeline) {
  long now() {
    return services.ticker().nanos();
  }

  /** Whether somebody waits for the answers. */
  boolean live() {
    return config.trafficClass() == TrafficClass.LIVE;
  }

  /** A position in the client's audio. */
  Duration offset(long sample) {
    return timeline.offsetOf(sample);
  }
}
