// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import halfsecond.monitor.v1.MonitorServiceGrpc;
import halfsecond.monitor.v1.ReportStageConfig;
import halfsecond.monitor.v1.ReportStageRequest;
import halfsecond.monitor.v1.ReportStageResponse;
import halfsecond.monitor.v1.StageBatch;
import halfsecond.monitor.v1.StageSample;
import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** What a service measured, told in one batch on a stream of its own. */
public final class StageReport implements StreamObserver<ReportStageResponse> {
  private final List<ReportStageResponse> responses = new CopyOnWriteArrayList<>();
  private final CompletableFuture<List<ReportStageResponse>> ended = new CompletableFuture<>();

  private StageReport() {}

  /** Returns the answers once the stream has ended well. */
  public static List<ReportStageResponse> send(
      Channel channel, String instance, List<StageSample> samples) throws Exception {
    StageReport report = new StageReport();
    StreamObserver<ReportStageRequest> stream =
        MonitorServiceGrpc.newStub(channel).reportStage(report);
    stream.onNext(
        ReportStageRequest.newBuilder()
            .setConfig(ReportStageConfig.newBuilder().setInstance(instance))
            .build());
    stream.onNext(
        ReportStageRequest.newBuilder()
            .setBatch(StageBatch.newBuilder().setSequence(1).addAllSamples(samples))
            .build());
    stream.onCompleted();
    return report.ended.get(30, TimeUnit.SECONDS);
  }

  @Override
  public void onNext(ReportStageResponse response) {
    responses.add(response);
  }

  @Override
  public void onError(Throwable thrown) {
    ended.completeExceptionally(thrown);
  }

  @Override
  public void onCompleted() {
    ended.complete(List.copyOf(responses));
  }
}
