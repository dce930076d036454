// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.rpc;

import halfsecond.common.error.Reason;
import halfsecond.monitor.v1.MonitorServiceGrpc;
import halfsecond.monitor.v1.ReportStageConfig;
import halfsecond.monitor.v1.ReportStageRequest;
import halfsecond.monitor.v1.ReportStageResponse;
import halfsecond.monitor.v1.StageSample;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call of {@code ReportStage}. Its channel's executor is the sequence of {@link StageReports}.
 */
final class GrpcStageStream
    implements StageStream, ClientResponseObserver<ReportStageRequest, ReportStageResponse> {
  private final Listener listener;
  private @Nullable ClientCallStreamObserver<ReportStageRequest> requests;
  private boolean cancelled;
  private boolean over;
  private long sequence;

  private GrpcStageStream(Listener listener) {
    this.listener = listener;
  }

  /**
   * Opens the call.
   *
   * @param instance names this process
   */
  static StageStream open(Channel channel, String instance, Listener listener) {
    GrpcStageStream stream = new GrpcStageStream(listener);
    var unused = MonitorServiceGrpc.newStub(channel).reportStage(stream);
    stream.send(
        ReportStageRequest.newBuilder()
            .setConfig(ReportStageConfig.newBuilder().setInstance(instance))
            .build());
    return stream;
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<ReportStageRequest> stream) {
    requests = stream;
    stream.setOnReadyHandler(
        () -> {
          if (!cancelled && !over) {
            listener.ready();
          }
        });
  }

  @Override
  public void send(List<StageSample> samples) {
    sequence++;
    send(ReportStageRequest.newBuilder().setBatch(StageStream.batch(sequence, samples)).build());
  }

  @Override
  public void cancel() {
    if (requests != null && !cancelled && !over) {
      cancelled = true;
      requests.cancel("given up by the reporter", null);
    }
  }

  @Override
  public void onNext(ReportStageResponse response) {
    if (!cancelled && response.getAcknowledgedSequence() == sequence) {
      int refused = response.getRefusedCount();
      listener.answered(refused, refused == 0 ? "" : response.getRefused(0).getField());
    }
  }

  @Override
  public void onCompleted() {
    ended(false, Status.Code.OK.name());
  }

  @Override
  public void onError(Throwable thrown) {
    // A bug in the middle of a batch may leave some of it taken.
    boolean itsOwnWord =
        Statuses.reasonOf(thrown).filter(reason -> reason != Reason.INTERNAL).isPresent();
    ended(itsOwnWord, Status.fromThrowable(thrown).getCode().name());
  }

  private void ended(boolean untaken, String why) {
    over = true;
    if (!cancelled) {
      listener.over(untaken, why);
    }
  }

  private void send(ReportStageRequest request) {
    if (requests != null && !cancelled && !over) {
      requests.onNext(request);
    }
  }
}
