// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor;

import halfsecond.monitor.alarm.AlarmDesk;
import halfsecond.monitor.alarm.JudgeDesk;
import halfsecond.monitor.alarm.ReportedDesk;
import halfsecond.monitor.catalogue.MetricCatalogue;
import halfsecond.monitor.reference.References;
import halfsecond.monitor.rpc.KeptAlarms;
import halfsecond.monitor.store.StoreException;
import halfsecond.monitor.threshold.ThresholdChange;
import halfsecond.monitor.threshold.Thresholds;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over what people and services decided at other monitors on the same store. Used by one
 * thread; waits for the store.
 */
final class OtherMonitors {
  private static final Logger LOG = LoggerFactory.getLogger(OtherMonitors.class);

  /** References can be large, and nobody hurries. */
  private static final int TICKS = 5;

  private final boolean shared;
  private final KeptAlarms archive;
  private final AlarmDesk alarms;
  private final References references;
  private final MetricCatalogue catalogue;
  private final Thresholds thresholds;
  private final JudgeDesk judge;
  private final ReportedDesk reported;
  private int ticks;

  /**
   * @param shared whether there may be others
   * @param archive of the desk
   * @param judge obeys thresholds that were set elsewhere
   * @param reported the same
   */
  OtherMonitors(
      boolean shared,
      KeptAlarms archive,
      AlarmDesk alarms,
      References references,
      MetricCatalogue catalogue,
      Thresholds thresholds,
      JudgeDesk judge,
      ReportedDesk reported) {
    this.shared = shared;
    this.archive = archive;
    this.alarms = alarms;
    this.references = references;
    this.catalogue = catalogue;
    this.thresholds = thresholds;
    this.judge = judge;
    this.reported = reported;
  }

  /** Looks now and then; what cannot be read now is read the next time. */
  void tick() {
    if (!shared) {
      return;
    }
    try {
      alarms.handledElsewhere(archive.changed());
      if (++ticks % TICKS != 0) {
        return;
      }
      references.refresh();
      catalogue.refresh();
      for (ThresholdChange change : thresholds.refresh()) {
        judge.obey(change);
        reported.obey(change);
      }
    } catch (StoreException e) {
      LOG.atWarn().setCause(e).log("what other monitors were told cannot be read now");
    }
  }
}
