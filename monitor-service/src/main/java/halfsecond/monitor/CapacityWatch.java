// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor;

import halfsecond.monitor.alarm.JudgeDesk;
import halfsecond.monitor.capacity.Cores;
import halfsecond.monitor.capacity.SharedCores;
import halfsecond.monitor.catalogue.MetricCatalogue;
import halfsecond.monitor.metric.MetricWindows;
import halfsecond.monitor.store.StoreException;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells who watches the objectives how many cores recognition has. Used by one thread; waits for
 * the store.
 */
final class CapacityWatch {
  private static final Logger LOG = LoggerFactory.getLogger(CapacityWatch.class);

  /** Of failures in a row so many are one line of the log. */
  private static final int SILENT = 30;

  private final SharedCores cores;
  private final MetricWindows stages;
  private final JudgeDesk judge;
  private int failures;

  /**
   * Tells the judge what is known from before; to be made before it sees the records of that time.
   */
  CapacityWatch(SharedCores cores, MetricWindows stages, JudgeDesk judge) {
    this.cores = cores;
    this.stages = stages;
    this.judge = judge;
    tell(cores.known());
  }

  /** Replicas can report from now on. */
  void listening(Instant now) {
    cores.listening(now);
  }

  /** To be called every few seconds; what cannot be read now is read the next time. */
  void tick(Instant now) {
    Instant recent = now.minus(SharedCores.RECENT);
    try {
      tell(cores.exchange(stages.latest(MetricCatalogue.CORES, recent), now));
      failures = 0;
    } catch (StoreException e) {
      if (failures++ % SILENT == 0) {
        LOG.atWarn().setCause(e).log("the cores of recognition cannot be put together now");
      }
    }
  }

  private void tell(List<Cores> changes) {
    changes.forEach(change -> judge.cores(change.from(), change.total()));
  }
}
