// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import halfsecond.common.concurrent.Scheduler.Timer;
import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import halfsecond.router.admission.Admission.Admitted;
import java.time.Duration;

/**
 * A session's place until its first utterance is admitted: given back then, when nothing is said
 * for {@value #SILENCE_SECONDS} s, or at the end. Closing is safe on any thread and any number of
 * times.
 */
final class SessionPlace implements AutoCloseable {
  static final int SILENCE_SECONDS = 2;
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Admitted admitted;
  private final Timer timer;

  private SessionPlace(Admitted admitted, Timer timer) {
    this.admitted = admitted;
    this.timer = timer;
  }

  /**
   * Takes one.
   *
   * @throws SpeechException SATURATED
   */
  static SessionPlace take(SessionScope scope) {
    SessionServices services = scope.services();
    if (services.replays().memory().isFull()) {
      throw new SpeechException(Reason.SATURATED, "no memory is left for the audio of a session")
          .withRetryAfter(RETRY);
    }
    Admitted admitted = services.admission().session(scope.config().trafficClass());
    return new SessionPlace(
        admitted, services.scheduler().after(Duration.ofSeconds(SILENCE_SECONDS), admitted::close));
  }

  @Override
  public void close() {
    timer.cancel();
    admitted.close();
  }
}
