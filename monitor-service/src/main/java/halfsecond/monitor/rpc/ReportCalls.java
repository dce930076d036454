// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import halfsecond.monitor.intake.DropLedger;
import halfsecond.monitor.intake.Intake;
import halfsecond.monitor.metric.MetricWindows;
import halfsecond.monitor.telemetry.MonitorMetrics;
import halfsecond.monitor.v1.ReportStageRequest;
import halfsecond.monitor.v1.ReportStageResponse;
import halfsecond.monitor.v1.ReportUtterancesRequest;
import halfsecond.monitor.v1.ReportUtterancesResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/** The methods by which routers and other services report. Safe for use by any thread. */
public final class ReportCalls {
  private final Intake intake;
  private final MetricWindows stages;
  private final InstantSource clock;
  private final MonitorMetrics metrics;
  private final OpenCalls openUtterances;
  private final OpenCalls openStages;
  private final Executor pool;
  private final DropLedger drops = new DropLedger();

  /**
   * @param most streams of either kind that may be open: what services say of themselves must not
   *     keep records out
   * @param pool runs the streams; owned by the caller
   */
  public ReportCalls(
      Intake intake,
      MetricWindows stages,
      InstantSource clock,
      MonitorMetrics metrics,
      int most,
      Executor pool) {
    this.intake = intake;
    this.stages = stages;
    this.clock = clock;
    this.metrics = metrics;
    this.openUtterances = new OpenCalls(most);
    this.openStages = new OpenCalls(most);
    this.pool = pool;
  }

  /** Records that reporters say they had to drop. */
  public long dropped() {
    return drops.total();
  }

  /** Ends all streams once what was taken is acknowledged; does not wait for that. */
  void drain() {
    openUtterances.drain();
    openStages.drain();
  }

  StreamObserver<ReportUtterancesRequest> utterances(
      ServerCallStreamObserver<ReportUtterancesResponse> reporter) {
    return begun(
        new ReportUtterancesCall(intake, drops, clock, openUtterances, metrics, reporter, pool));
  }

  StreamObserver<ReportStageRequest> stage(ServerCallStreamObserver<ReportStageResponse> reporter) {
    return begun(new ReportStageCall(stages, clock, openStages, metrics, reporter, pool));
  }

  private static <Q, P> ReportCall<Q, P> begun(ReportCall<Q, P> call) {
    call.begin();
    return call;
  }
}
