// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** Knows the sessions that are open and how many may be. Safe for use by any thread. */
public final class SessionRegistry {
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Set<LiveSession> open = ConcurrentHashMap.newKeySet();
  private final Semaphore room;
  private volatile boolean draining;

  /** A registry with room for so many sessions. */
  public SessionRegistry(int maxSessions) {
    this.room = new Semaphore(maxSessions);
  }

  /**
   * Takes a session in; {@link #release} gives its place back.
   *
   * @throws SpeechException SATURATED when there is no room, DRAINING when the server stops
   */
  public void admit(LiveSession session) {
    if (draining) {
      throw SessionWatch.drained();
    }
    if (!room.tryAcquire()) {
      throw new SpeechException(Reason.SATURATED, "too many sessions").withRetryAfter(RETRY);
    }
    open.add(session);
  }

  /** A second release of the same session does nothing. */
  public void release(LiveSession session) {
    if (open.remove(session)) {
      room.release();
    }
  }

  /** How many are open. */
  public int open() {
    return open.size();
  }

  /** Lets every session check its limits. To be called several times a second. */
  public void tick() {
    open.forEach(LiveSession::tick);
  }

  /** Admits no more and tells every session how long it has. */
  public void drain(Duration remaining) {
    draining = true;
    open.forEach(session -> session.drain(remaining));
  }
}
