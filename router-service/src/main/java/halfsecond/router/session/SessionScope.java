// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import halfsecond.common.concurrent.Scheduler.Timer;
import halfsecond.router.audio.AudioRing;
import halfsecond.router.audio.ClientTimeline;
import halfsecond.router.redo.RedoWatch;
import halfsecond.router.utterance.TrafficClass;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * What the parts of one session share.
 *
 * @param strand runs what it is given one after another, also after the session's end
 * @param step does something as a step of the session, which it must be called in; nothing once the
 *     session is over
 */
record SessionScope(
    String sessionId,
    SessionConfig config,
    SessionServices services,
    Executor strand,
    Executor step,
    AudioRing ring,
    AudioClock audioClock,
    WallClock wall,
    ClientTimeline timeline,
    RedoWatch redo) {
  long now() {
    return services.scheduler().nanos();
  }

  /** Runs steps of the session, one after another; nothing once it is over. */
  Executor sequence() {
    return task -> strand.execute(() -> step.execute(task));
  }

  /** Does something later in the sequence. */
  Timer after(Duration delay, Runnable task) {
    return services.scheduler().after(delay, () -> sequence().execute(task));
  }

  /** Whether answers are cut at the budget. */
  boolean truncates() {
    return live() && config.budget().isPresent();
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
