// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import halfsecond.monitor.alarm.AlarmDesk;
import halfsecond.monitor.alarm.JudgeDesk;
import halfsecond.monitor.alarm.ReportedDesk;
import halfsecond.monitor.catalogue.BudgetShares;
import halfsecond.monitor.judge.Judge;
import halfsecond.monitor.judge.Pace;
import halfsecond.monitor.judge.Watchlist;
import halfsecond.monitor.objective.ObjectiveBook;
import halfsecond.monitor.objective.ObjectiveSettings;
import halfsecond.monitor.objective.ObjectiveWatch;
import halfsecond.monitor.query.Histories;
import halfsecond.monitor.query.SeriesReader;
import halfsecond.monitor.reference.ReferenceCodec;
import halfsecond.monitor.reference.References;
import halfsecond.monitor.reported.ReportedWatch;
import halfsecond.monitor.store.DocumentStore;
import halfsecond.monitor.store.KeptDocuments;
import halfsecond.monitor.threshold.ThresholdCodec;
import halfsecond.monitor.threshold.Thresholds;
import java.util.concurrent.Executor;

/** What people decide, kept in a test's store, and a judge that obeys. */
final class TestDecisions {
  private TestDecisions() {}

  static Decisions in(DocumentStore documents, AlarmDesk desk, Histories histories, Executor pool) {
    return new Decisions(
        new References(new KeptDocuments<>(documents, "reference", new ReferenceCodec())),
        new Thresholds(new KeptDocuments<>(documents, "threshold", new ThresholdCodec())),
        new JudgeDesk(
            new Judge(Watchlist.builtIn(), Pace.CONSUMER, 8),
            new ObjectiveBook(
                new ObjectiveWatch(
                    ObjectiveSettings.DEFAULT, new BudgetShares(0.4, 0.1, 0.4, 0.1))),
            desk),
        new ReportedDesk(new ReportedWatch(histories.stages(), new SeriesReader(histories)), desk),
        pool);
  }
}
