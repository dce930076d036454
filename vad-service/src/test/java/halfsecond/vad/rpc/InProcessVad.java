// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import halfsecond.common.concurrent.NamedThreads;
import halfsecond.common.rpc.ErrorInterceptor;
import halfsecond.common.telemetry.Telemetry;
import halfsecond.testing.FakeScheduler;
import halfsecond.vad.endpoint.EndpointingSettings;
import halfsecond.vad.telemetry.VadMetrics;
import halfsecond.vad.webrtc.HandleCounts;
import halfsecond.vad.webrtc.WebRtcVad;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** The service with the native detector, without sockets. Fails when a stream leaves a handle. */
final class InProcessVad implements AutoCloseable {
  static final EndpointingSettings DEFAULTS =
      new EndpointingSettings(
          3,
          Duration.ofMillis(20),
          Duration.ofMillis(60),
          Duration.ofMillis(100),
          Duration.ofMillis(100),
          Duration.ofMillis(200),
          Duration.ofMillis(200),
          Duration.ofMillis(160),
          Duration.ofSeconds(30));

  final FakeScheduler scheduler = new FakeScheduler();
  final DetectService service;
  private final long handlesBefore = HandleCounts.live();
  private final ExecutorService callbacks = NamedThreads.fixed("vad-test", 4);
  private final VadMetrics metrics;
  private final Server server;
  private final ManagedChannel channel;

  InProcessVad(Telemetry telemetry, int maxStreams) throws IOException {
    metrics = new VadMetrics(telemetry.meter("test"), HandleCounts::live, HandleCounts::leaked);
    service =
        new DetectService(DEFAULTS, maxStreams, WebRtcVad::new, metrics, telemetry, scheduler);
    String name = InProcessServerBuilder.generateName();
    server =
        InProcessServerBuilder.forName(name)
            .executor(callbacks)
            .intercept(new ErrorInterceptor())
            .addService(service)
            .build()
            .start();
    channel = InProcessChannelBuilder.forName(name).executor(callbacks).build();
  }

  InProcessVad() throws IOException {
    this(Telemetry.noop(), 100);
  }

  ManagedChannel channel() {
    return channel;
  }

  long handles() {
    return HandleCounts.live() - handlesBefore;
  }

  void awaitHandles(long count) {
    await(count + " native handles")
        .pollInterval(Duration.ofMillis(5))
        .until(() -> handles() == count);
  }

  @Override
  public void close() throws InterruptedException {
    channel.shutdownNow();
    server.shutdownNow();
    assertThat(server.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    awaitHandles(0);
    metrics.close();
    callbacks.shutdownNow();
  }
}
