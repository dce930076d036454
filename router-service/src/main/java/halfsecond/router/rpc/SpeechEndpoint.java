// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.rpc;

import halfsecond.common.concurrent.SerialExecutor;
import halfsecond.common.rpc.EventLoops;
import halfsecond.common.rpc.GrpcServer;
import halfsecond.common.rpc.GrpcServers;
import halfsecond.common.rpc.Preset;
import halfsecond.common.rpc.ServerConfig;
import halfsecond.common.telemetry.Telemetry;
import halfsecond.router.session.SessionRegistry;
import halfsecond.router.session.SessionServices;
import halfsecond.speech.v1.RecognizeRequest;
import halfsecond.speech.v1.RecognizeResponse;
import halfsecond.speech.v1.SpeechServiceGrpc;
import halfsecond.speech.v1.StreamingRecognizeRequest;
import halfsecond.speech.v1.StreamingRecognizeResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.context.Context;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves {@code halfsecond.speech.v1.SpeechService}: one call object for each call. */
public final class SpeechEndpoint extends SpeechServiceGrpc.SpeechServiceImplBase {
  private static final Logger LOG = LoggerFactory.getLogger(SpeechEndpoint.class);

  private final SessionServices services;
  private final SessionRegistry registry;
  private final EdgeLimits limits;
  private final EventLoops loops;

  /**
   * @param loops serve the calls, each on the thread of its connection; owned by the caller, who
   *     closes them after the server
   */
  public SpeechEndpoint(
      SessionServices services, SessionRegistry registry, EdgeLimits limits, EventLoops loops) {
    this.services = services;
    this.registry = registry;
    this.limits = limits;
    this.loops = loops;
  }

  /** Serves this at the edge, with the limits for strangers. */
  public GrpcServer serve(ServerConfig config, Telemetry telemetry) {
    return GrpcServers.builder(config, Preset.EDGE, telemetry).on(loops).service(this).start();
  }

  @Override
  public StreamObserver<StreamingRecognizeRequest> streamingRecognize(
      StreamObserver<StreamingRecognizeResponse> responses) {
    StreamingCall call =
        new StreamingCall(
            (ServerCallStreamObserver<StreamingRecognizeResponse>) responses,
            services,
            registry,
            limits,
            sequence());
    call.start();
    return call;
  }

  @Override
  public void recognize(RecognizeRequest request, StreamObserver<RecognizeResponse> response) {
    new RecognizeCall(
            (ServerCallStreamObserver<RecognizeResponse>) response,
            services,
            registry,
            limits,
            sequence())
        .start(request);
  }

  /** On the thread that calls; what the sequence does belongs to the call's own span. */
  private SerialExecutor sequence() {
    return new SerialExecutor(
        Context.current().wrap(loops.thread(loops.here())),
        bug -> LOG.atError().setCause(bug).log("a session's step failed"));
  }
}
