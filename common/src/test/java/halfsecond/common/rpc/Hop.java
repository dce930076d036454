// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.rpc;

import halfsecond.common.concurrent.NamedThreads;
import halfsecond.common.lifecycle.Closer;
import halfsecond.common.telemetry.Telemetry;
import halfsecond.speech.v1.SpeechServiceGrpc;
import halfsecond.speech.v1.SpeechServiceGrpc.SpeechServiceBlockingStub;
import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** A real server on loopback and a channel to it. */
final class Hop implements AutoCloseable {
  final GrpcServer server;
  final ManagedChannel channel;
  private final Closer closer = new Closer();

  Hop(ServerConfig config, Preset preset, Telemetry telemetry, BindableService service) {
    ExecutorService callbacks = GrpcServers.callbacks("test-server");
    server =
        closer.register(
            GrpcServers.builder(config, preset, telemetry, callbacks)
                .service(service)
                .start()
                .thenClose("callbacks", callbacks));
    ExecutorService answers = NamedThreads.fixed("test-client", 2);
    closer.register(NamedThreads.closing(answers, Duration.ofSeconds(5)));
    channel = GrpcChannels.open(ChannelConfig.loopback(server.port()), telemetry, answers);
    closer.register(GrpcChannels.closing(channel, Duration.ofSeconds(5)));
  }

  Hop(Preset preset, BindableService service) {
    this(ServerConfig.loopback(), preset, Telemetry.noop(), service);
  }

  SpeechServiceBlockingStub stub() {
    return SpeechServiceGrpc.newBlockingStub(channel).withDeadlineAfter(30, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    closer.close();
  }
}
