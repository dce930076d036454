// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.alarm;

import halfsecond.common.concurrent.Scheduler;
import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import halfsecond.monitor.kept.Keeper;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Of several monitors on one store, which all know the same alarms, lets the one that comes first
 * pass a notification on. When it has not done so a while later, because it is gone or cannot reach
 * who is to be told, another one does. While the store cannot be used each passes it on: rather
 * twice than not at all. Safe for use by any thread; never waits.
 */
public final class Claims implements Consumer<Notification> {
  private static final Logger LOG = LoggerFactory.getLogger(Claims.class);

  /** For the one that has claimed it. */
  static final Duration PATIENCE = Duration.ofMinutes(1);

  /** After which nobody asks for one any more: longer than any pause between two reminders. */
  private static final Duration OLD = Duration.ofDays(31);

  private final Keeper<Claim> claims;
  private final BiConsumer<Notification, Runnable> sink;
  private final Executor waiting;
  private final Scheduler scheduler;
  private final InstantSource clock;

  /**
   * @param sink must return at once, and runs what it is given when the notification was taken
   * @param waiting one thread, which waits for the keeper; owned by the caller
   * @param scheduler owned by the caller
   */
  public Claims(
      Keeper<Claim> claims,
      BiConsumer<Notification, Runnable> sink,
      Executor waiting,
      Scheduler scheduler,
      InstantSource clock) {
    this.claims = claims;
    this.sink = sink;
    this.waiting = waiting;
    this.scheduler = scheduler;
    this.clock = clock;
  }

  @Override
  public void accept(Notification notification) {
    waiting.execute(() -> offer(notification));
  }

  private void offer(Notification notification) {
    Optional<Claim> theirs;
    try {
      theirs = claimOrFind(notification);
    } catch (RuntimeException e) {
      LOG.atWarn()
          .addKeyValue("notification", notification.id())
          .setCause(e)
          .log("whether another monitor tells of an alarm is not known, so this one does");
      theirs = Optional.empty();
    }
    if (theirs.isEmpty()) {
      sink.accept(notification, () -> waiting.execute(() -> taken(notification.id())));
    } else if (!theirs.get().done()) {
      Scheduler.Timer unused = scheduler.after(PATIENCE, () -> accept(notification));
    }
  }

  /** Empty if it is ours now. */
  private Optional<Claim> claimOrFind(Notification notification) {
    Instant now = clock.instant();
    try {
      Claim unused =
          claims.decide(
              all -> {
                if (find(all, notification, now).isPresent()) {
                  throw new SpeechException(Reason.STATE_CONFLICT, "another monitor tells it");
                }
                return new Claim(notification.id(), now, false);
              });
    } catch (SpeechException e) {
      return find(claims.all(), notification, now);
    }
    if (notification.kind() != Notification.Kind.RESOLVED) {
      // Another monitor may have said too early that it was over.
      claims.forget(notification.over());
    }
    claims.all().stream()
        .filter(claim -> claim.at().isBefore(now.minus(OLD)))
        .forEach(claim -> claims.forget(claim.id()));
    return Optional.empty();
  }

  /** The claim of who has told it, or may still do so. */
  private static Optional<Claim> find(List<Claim> all, Notification notification, Instant now) {
    return all.stream()
        .filter(claim -> claim.id().equals(notification.id()))
        .filter(claim -> claim.done() || claim.at().isAfter(now.minus(PATIENCE)))
        .findFirst();
  }

  private void taken(String id) {
    try {
      claims.keep(new Claim(id, clock.instant(), true));
    } catch (RuntimeException e) {
      LOG.atWarn()
          .addKeyValue("notification", id)
          .setCause(e)
          .log("another monitor may tell of an alarm once more");
    }
  }
}
