// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import halfsecond.monitor.alarm.AlarmDesk;
import halfsecond.monitor.metric.MetricWindows;
import halfsecond.monitor.query.Histories;
import halfsecond.monitor.window.UtteranceWindows;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/** All methods that answer from the windows of metrics. Safe for use by any thread. */
public final class MetricCallSet {
  private final SummaryCalls summaries;
  private final QueryCalls queries;
  private final MetricCalls declarations;
  private final ReferenceCalls references;
  private final ThresholdCalls thresholds;
  private final WaitingCalls waiting;

  /**
   * @param alarms that are marked on what they are about
   * @param dropped records that are missing in the windows, as reporters say
   */
  public MetricCallSet(
      UtteranceWindows utterances,
      MetricWindows stages,
      Decisions decisions,
      AlarmDesk alarms,
      LongSupplier dropped,
      InstantSource clock) {
    Histories histories = new Histories(utterances, stages);
    this.summaries = new SummaryCalls(utterances, stages, dropped, clock);
    this.queries =
        new QueryCalls(stages.catalogue(), histories, decisions.references(), alarms, clock);
    this.declarations = new MetricCalls(stages.catalogue(), histories, clock);
    this.references =
        new ReferenceCalls(stages.catalogue(), histories, decisions.references(), clock);
    this.thresholds = new ThresholdCalls(stages.catalogue(), decisions, clock);
    this.waiting = new WaitingCalls(decisions.waiting());
  }

  SummaryCalls summaries() {
    return summaries;
  }

  QueryCalls queries() {
    return queries;
  }

  MetricCalls declarations() {
    return declarations;
  }

  ReferenceCalls references() {
    return references;
  }

  ThresholdCalls thresholds() {
    return thresholds;
  }

  /** Answers what changes decisions. */
  WaitingCalls waiting() {
    return waiting;
  }
}
