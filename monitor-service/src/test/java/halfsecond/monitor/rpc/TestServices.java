// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import halfsecond.monitor.alarm.AlarmDesk;
import halfsecond.monitor.catalogue.MetricCatalogue;
import halfsecond.monitor.intake.Intake;
import halfsecond.monitor.metric.MetricWindows;
import halfsecond.monitor.query.Histories;
import halfsecond.monitor.store.Store;
import halfsecond.monitor.telemetry.MonitorMetrics;
import halfsecond.monitor.trace.TraceStore;
import halfsecond.monitor.window.UtteranceWindows;
import halfsecond.monitor.window.WindowLayout;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/** Puts the service together around what a test wants to look at. */
record TestServices(
    UtteranceWindows windows,
    WindowLayout layout,
    Store store,
    InstantSource clock,
    Executor pool) {
  private static final int REMEMBERED = 10_000;

  MonitorGrpcService service(AlarmDesk alarms, MonitorMetrics metrics, int mostReporters) {
    return service(alarms, metrics, mostReporters, new TraceStore(0));
  }

  MonitorGrpcService service(
      AlarmDesk alarms, MonitorMetrics metrics, int mostReporters, TraceStore traces) {
    MetricWindows stages = new MetricWindows(MetricCatalogue.builtIn(), layout);
    ReportCalls reports =
        new ReportCalls(
            new Intake(windows, store.records(), REMEMBERED),
            stages,
            clock,
            metrics,
            mostReporters,
            pool);
    return new MonitorGrpcService(
        reports,
        new FeedbackIntake(store.feedback(), windows, clock),
        new UtteranceLookup(store.records(), store.feedback(), traces, clock, pool),
        new MetricCallSet(
            windows,
            stages,
            TestDecisions.in(store.documents(), alarms, new Histories(windows, stages), pool),
            alarms,
            reports::dropped,
            clock),
        new AlarmCalls(alarms, clock, pool));
  }
}
