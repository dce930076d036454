// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.store;

import halfsecond.common.concurrent.Ticker;
import halfsecond.monitor.telemetry.StoreMetrics;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the store can be written: says so when that changes, and once a minute while it cannot.
 * Used by the writer's thread.
 */
final class Outage {
  private static final Logger LOG = LoggerFactory.getLogger(Outage.class);
  private static final long REMINDER = TimeUnit.MINUTES.toNanos(1);
  private static final Duration FIRST_WAIT = Duration.ofMillis(100);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private final String name;
  private final StoreMetrics metrics;
  private final Ticker ticker;
  private long failures;
  private long since;
  private long told;

  /**
   * @param name of the database, for people
   */
  Outage(String name, StoreMetrics metrics, Ticker ticker) {
    this.name = name;
    this.metrics = metrics;
    this.ticker = ticker;
  }

  /** It failed; returns how long to wait before it is tried again. */
  Duration failed(Exception why) {
    metrics.failed();
    long now = ticker.nanos();
    if (failures == 0) {
      since = now;
    }
    if (failures == 0 || now - told >= REMINDER) {
      told = now;
      LOG.atWarn()
          .setCause(why)
          .addKeyValue("store", name)
          .log("the store cannot be written: records wait, and are not acknowledged");
    }
    int doublings = (int) Math.min(failures, 16);
    failures++;
    Duration wait = FIRST_WAIT.multipliedBy(1L << doublings);
    return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
  }

  /** It worked. */
  void over() {
    if (failures > 0) {
      LOG.atInfo()
          .addKeyValue("store", name)
          .addKeyValue("failures", failures)
          .addKeyValue("after_s", TimeUnit.NANOSECONDS.toSeconds(ticker.nanos() - since))
          .log("the store can be written again");
      failures = 0;
    }
  }
}
