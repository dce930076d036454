// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad.rpc;

import halfsecond.common.concurrent.Scheduler;
import halfsecond.common.telemetry.Telemetry;
import halfsecond.vad.endpoint.EndpointingSettings;
import halfsecond.vad.endpoint.JudgeFactory;
import halfsecond.vad.telemetry.VadMetrics;
import halfsecond.vad.v1.DetectRequest;
import halfsecond.vad.v1.DetectResponse;
import halfsecond.vad.v1.VadServiceGrpc;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * Serves {@code halfsecond.vad.v1.VadService}. Detection runs on the threads that the server gives
 * to callbacks: 20 ms of audio take about 12 microseconds. Thread-safe.
 */
public final class DetectService extends VadServiceGrpc.VadServiceImplBase {
  private final DetectContext context;
  private final OpenCalls open;
  private final Scheduler scheduler;

  /**
   * @param defaults endpointing of streams that ask for nothing else
   * @param maxStreams streams that may be open at once; more are refused as SATURATED
   * @param judges opens the detector of each stream
   * @param scheduler times the drain
   */
  public DetectService(
      EndpointingSettings defaults,
      int maxStreams,
      JudgeFactory judges,
      VadMetrics metrics,
      Telemetry telemetry,
      Scheduler scheduler) {
    this.open = new OpenCalls(maxStreams);
    this.scheduler = scheduler;
    this.context =
        new DetectContext(
            defaults,
            judges,
            open,
            metrics,
            telemetry.tracer("halfsecond.vad"),
            Clock.systemUTC(),
            scheduler);
  }

  @Override
  public StreamObserver<DetectRequest> detect(StreamObserver<DetectResponse> responses) {
    return DetectCall.start((ServerCallStreamObserver<DetectResponse>) responses, context);
  }

  /**
   * Refuses new streams and ends the open ones with DRAINING: at once where nobody speaks, at the
   * end of the utterance otherwise, and {@code patience} from now at the latest. Returns without
   * waiting.
   */
  public void drain(Duration patience) {
    List<DetectCall> calls = open.drain();
    calls.forEach(DetectCall::drain);
    scheduler.after(patience, () -> calls.forEach(DetectCall::drainNow));
  }
}
