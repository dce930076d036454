// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.alarm;

import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import halfsecond.monitor.kept.Keeper;
import halfsecond.monitor.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Of several monitors on one store, which all know the same alarms, lets the one that comes first
 * pass a notification on. While the store cannot be used each passes it on: rather twice than not
 * at all. Safe for use by any thread; never waits.
 */
public final class Claims implements Consumer<Notification> {
  private static final Logger LOG = LoggerFactory.getLogger(Claims.class);

  /** After which nobody asks for one any more: longer than any pause between two reminders. */
  private static final Duration OLD = Duration.ofDays(31);

  private final Keeper<Claim> claims;
  private final Consumer<Notification> sink;
  private final Executor waiting;
  private final InstantSource clock;

  /**
   * @param sink must return at once
   * @param waiting one thread, which waits for the keeper; owned by the caller
   */
  public Claims(
      Keeper<Claim> claims, Consumer<Notification> sink, Executor waiting, InstantSource clock) {
    this.claims = claims;
    this.sink = sink;
    this.waiting = waiting;
    this.clock = clock;
  }

  @Override
  public void accept(Notification notification) {
    waiting.execute(
        () -> {
          if (isOurs(notification.id())) {
            sink.accept(notification);
          }
        });
  }

  private boolean isOurs(String id) {
    Instant now = clock.instant();
    try {
      Claim unused =
          claims.decide(
              all -> {
                if (all.stream().anyMatch(claim -> claim.id().equals(id))) {
                  throw new SpeechException(Reason.STATE_CONFLICT, "another monitor tells it");
                }
                return new Claim(id, now);
              });
      forgetOld(claims.all(), now);
      return true;
    } catch (StoreException e) {
      LOG.atWarn()
          .addKeyValue("notification", id)
          .setCause(e)
          .log("whether another monitor tells of an alarm is not known, so this one does");
      return true;
    } catch (SpeechException e) {
      return false;
    }
  }

  private void forgetOld(List<Claim> all, Instant now) {
    all.stream()
        .filter(claim -> claim.at().isBefore(now.minus(OLD)))
        .forEach(claim -> claims.forget(claim.id()));
  }
}
