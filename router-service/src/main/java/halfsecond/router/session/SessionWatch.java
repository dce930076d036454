// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import java.time.Duration;
import java.util.Optional;

/**
 * The clock's part in one session: which limit has been reached. For the session's sequence only.
 */
final class SessionWatch {
  private final SessionScope scope;
  private final SessionOutput out;
  private final Intake intake;
  private final UtteranceLine line;
  private final SessionLimits limits;
  private final long openedNanos;
  private boolean ready = true;
  private long unreadySinceNanos;
  private long closingSinceNanos;
  private boolean draining;
  private long drainNoticeNanos;
  private long drainEndNanos;

  SessionWatch(SessionScope scope, SessionOutput out, Intake intake, UtteranceLine line) {
    this.scope = scope;
    this.out = out;
    this.intake = intake;
    this.line = line;
    this.limits = scope.services().limits();
    this.openedNanos = scope.now();
  }

  void closing() {
    closingSinceNanos = scope.now();
  }

  void draining(Duration remaining) {
    draining = true;
    drainNoticeNanos = scope.now() + limits.drainNotice().toNanos();
    drainEndNanos = scope.now() + remaining.toNanos();
  }

  /** The client leaves its answers unread. */
  Optional<SpeechException> unread() {
    boolean wasReady = ready;
    ready = out.isReady();
    if (ready) {
      return Optional.empty();
    }
    if (wasReady) {
      unreadySinceNanos = scope.now();
    }
    return scope.now() - unreadySinceNanos < limits.unreadOutput().toNanos()
        ? Optional.empty()
        : Optional.of(
            new SpeechException(Reason.FLOW_EXCEEDED, "the client does not read its answers"));
  }

  /** A limit after which the session is closed. */
  Optional<SpeechException> limit() {
    long now = scope.now();
    Duration longest = scope.live() ? limits.liveSession() : limits.batchSession();
    if (now - openedNanos >= longest.toNanos()) {
      return Optional.of(tooLong());
    }
    if (intake.silentFor(now, limits.silence())) {
      return Optional.of(
          new SpeechException(Reason.AUDIO_TIMEOUT, "no audio arrived for too long"));
    }
    boolean idle = line.isEmpty() && intake.isEmpty() && now - drainNoticeNanos >= 0;
    if (draining && (idle || now - drainEndNanos >= 0)) {
      return Optional.of(drained());
    }
    return Optional.empty();
  }

  /** The answers after the end of the input took too long. */
  Optional<SpeechException> overdue() {
    Duration longest = scope.live() ? limits.closing() : limits.batchClosing();
    return scope.now() - closingSinceNanos < longest.toNanos()
        ? Optional.empty()
        : Optional.of(BackendFailure.LOST.asRefusal());
  }

  static SpeechException tooLong() {
    return new SpeechException(Reason.SESSION_TOO_LONG, "the session lasted longer than allowed");
  }

  static SpeechException drained() {
    return new SpeechException(Reason.DRAINING, "the server is shutting down");
  }
}
