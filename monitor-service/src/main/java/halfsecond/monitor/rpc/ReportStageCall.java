// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import halfsecond.common.error.SpeechException;
import halfsecond.monitor.metric.MetricWindows;
import halfsecond.monitor.record.Limits;
import halfsecond.monitor.telemetry.MonitorMetrics;
import halfsecond.monitor.v1.ReportStageRequest;
import halfsecond.monitor.v1.ReportStageResponse;
import halfsecond.monitor.v1.StageBatch;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** One service that reports about itself. */
final class ReportStageCall extends ReportCall<ReportStageRequest, ReportStageResponse> {
  private static final int MOST_SAMPLES = 200;

  private final MetricWindows windows;
  private final InstantSource clock;

  ReportStageCall(
      MetricWindows windows,
      InstantSource clock,
      OpenCalls open,
      MonitorMetrics metrics,
      ServerCallStreamObserver<ReportStageResponse> reporter,
      Executor pool) {
    super(MonitorMetrics.Kind.SAMPLE, open, metrics, reporter, pool);
    this.windows = windows;
    this.clock = clock;
  }

  @Override
  @Nullable String instanceOf(ReportStageRequest request) {
    return request.hasConfig() ? request.getConfig().getInstance() : null;
  }

  @Override
  long sequenceOf(ReportStageRequest request) {
    Limits.check(request.hasBatch(), "batch", "set");
    return request.getBatch().getSequence();
  }

  @Override
  CompletionStage<Acknowledgement> take(ReportStageRequest request, String instance) {
    StageBatch batch = request.getBatch();
    Limits.check(batch.getSamplesCount() <= MOST_SAMPLES, "batch.samples", "at most 200");
    Acknowledgement result = new Acknowledgement();
    Instant now = clock.instant();
    for (int i = 0; i < batch.getSamplesCount(); i++) {
      try {
        windows.add(SampleReader.read(batch.getSamples(i)), instance, now);
        result.accepted();
      } catch (SpeechException e) {
        result.refused(batch.getSequence(), i, e);
      }
    }
    return CompletableFuture.completedFuture(result);
  }

  @Override
  ReportStageResponse response(long sequence, Acknowledgement result) {
    return ReportStageResponse.newBuilder()
        .setAcknowledgedSequence(sequence)
        .setAcceptedCount(result.acceptedCount())
        .addAllRefused(result.refusals())
        .build();
  }
}
