// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.rpc;

import halfsecond.asr.model.ModelId;
import halfsecond.asr.serving.LoadedModels;
import halfsecond.asr.v1.WatchLoadRequest;
import halfsecond.asr.v1.WatchLoadResponse;
import halfsecond.common.concurrent.Scheduler;
import halfsecond.common.concurrent.SerialExecutor;
import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import halfsecond.common.rpc.Statuses;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One WatchLoad call: reports at every interval, skips reports that the peer is too slow for, and
 * ends when the service drains.
 */
final class WatchLoadCall {
  private static final Duration DEFAULT_INTERVAL = Duration.ofMillis(200);
  private static final Duration MIN_INTERVAL = Duration.ofMillis(50);
  private static final Duration MAX_INTERVAL = Duration.ofSeconds(10);

  private final LoadedModels models;
  private final LoadReport load;
  private final Scheduler scheduler;
  private final ServerCallStreamObserver<WatchLoadResponse> peer;
  private final Duration interval;
  private final SerialExecutor sequence = new SerialExecutor(Runnable::run, thrown -> end());

  // Both belong to the sequence.
  private boolean ended;
  private Scheduler.@Nullable Timer next;

  private WatchLoadCall(
      TranscribeWorld world, ServerCallStreamObserver<WatchLoadResponse> peer, Duration interval) {
    this.models = world.models();
    this.load = world.load();
    this.scheduler = world.scheduler();
    this.peer = peer;
    this.interval = interval;
  }

  /** Must be called, and return, within the handler. */
  static void start(
      TranscribeWorld world,
      WatchLoadRequest request,
      ServerCallStreamObserver<WatchLoadResponse> peer) {
    Duration interval =
        request.hasInterval()
            ? TranscribeRules.duration(
                "interval", request.getInterval(), MIN_INTERVAL, MAX_INTERVAL)
            : DEFAULT_INTERVAL;
    WatchLoadCall call = new WatchLoadCall(world, peer, interval);
    peer.setOnCancelHandler(() -> call.sequence.execute(call::end));
    call.sequence.execute(call::report);
  }

  private void report() {
    if (ended) {
      return;
    }
    if (peer.isReady()) {
      peer.onNext(
          WatchLoadResponse.newBuilder()
              .setLoad(load.now())
              .addAllLoadedModelVersions(
                  models.inService().stream().map(ModelId::toString).toList())
              .build());
    }
    if (load.isDraining()) {
      end();
      peer.onError(
          Statuses.toException(new SpeechException(Reason.DRAINING, "the service is stopping")));
      return;
    }
    next = scheduler.after(interval, () -> sequence.execute(this::report));
  }

  private void end() {
    ended = true;
    if (next != null) {
      next.cancel();
    }
  }
}
