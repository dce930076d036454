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
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
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

  /** For the one that has claimed it; measured here, because clocks differ. */
  static final Duration PATIENCE = Duration.ofMinutes(1);

  /** After which nobody asks for one any more: longer than any pause between two reminders. */
  private static final Duration OLD = Duration.ofDays(31);

  /** A store that cannot be used makes everybody wait each time it is asked. */
  private static final Duration UNASKED = Duration.ofSeconds(30);

  private final Keeper<Claim> claims;
  private final BiConsumer<Notification, Runnable> sink;
  private final Executor waiting;
  private final Scheduler scheduler;
  private final InstantSource clock;
  private volatile Instant unaskedUntil = Instant.MIN;

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
    unlessClosed(() -> waiting.execute(() -> offer(notification, null)));
  }

  /**
   * @param stale the claim that another monitor had a while before; null when it is offered first
   */
  private void offer(Notification notification, @Nullable Claim stale) {
    Optional<Claim> theirs = Optional.empty();
    if (!clock.instant().isBefore(unaskedUntil)) {
      try {
        theirs = claimOrFind(notification, stale);
      } catch (RuntimeException e) {
        unaskedUntil = clock.instant().plus(UNASKED);
        LOG.atWarn()
            .addKeyValue("notification", notification.id())
            .setCause(e)
            .log("whether another monitor tells of an alarm is not known, so this one does");
      }
    }
    if (theirs.isEmpty()) {
      sink.accept(
          notification, () -> unlessClosed(() -> waiting.execute(() -> taken(notification.id()))));
    } else if (!theirs.get().done()) {
      Claim next = theirs.get();
      unlessClosed(
          () -> {
            Scheduler.Timer unused =
                scheduler.after(
                    PATIENCE,
                    () -> unlessClosed(() -> waiting.execute(() -> offer(notification, next))));
          });
    }
  }

  /** Empty if it is ours now. */
  private Optional<Claim> claimOrFind(Notification notification, @Nullable Claim stale) {
    try {
      Claim unused =
          claims.decide(
              all -> {
                if (inTheWay(all, notification, stale).isPresent()) {
                  throw new SpeechException(Reason.STATE_CONFLICT, "another monitor tells it");
                }
                return new Claim(notification.id(), clock.instant(), false);
              });
    } catch (SpeechException e) {
      return inTheWay(claims.all(), notification, stale);
    }
    if (stale == null && notification.kind() != Notification.Kind.RESOLVED) {
      // Another monitor may have said too early that it was over.
      claims.forget(notification.over());
    }
    Instant old = clock.instant().minus(OLD);
    claims.all().stream()
        .filter(claim -> claim.at().isBefore(old))
        .forEach(claim -> claims.forget(claim.id()));
    return Optional.empty();
  }

  /** The claim of who has told it, or may still do so; or of who has told since that it is over. */
  private static Optional<Claim> inTheWay(
      List<Claim> all, Notification notification, @Nullable Claim stale) {
    if (stale != null && notification.kind() != Notification.Kind.RESOLVED) {
      Optional<Claim> over = find(all, notification.over());
      if (over.isPresent()) {
        return over.map(it -> new Claim(it.id(), it.at(), true));
      }
    }
    return find(all, notification.id()).filter(it -> it.done() || !it.equals(stale));
  }

  private static Optional<Claim> find(List<Claim> all, String id) {
    return all.stream().filter(claim -> claim.id().equals(id)).findFirst();
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

  /** Who is closed leaves the rest to the other monitors. */
  private static void unlessClosed(Runnable task) {
    try {
      task.run();
    } catch (RejectedExecutionException e) {
      LOG.atDebug().setCause(e).log("closed");
    }
  }
}
