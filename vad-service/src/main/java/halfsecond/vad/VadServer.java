// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad;

import halfsecond.common.concurrent.NamedThreads;
import halfsecond.common.concurrent.Scheduler;
import halfsecond.common.lifecycle.Closer;
import halfsecond.common.lifecycle.StartException;
import halfsecond.common.measure.Measurement;
import halfsecond.common.rpc.GrpcServer;
import halfsecond.common.rpc.GrpcServers;
import halfsecond.common.rpc.Preset;
import halfsecond.common.rpc.StageReporter;
import halfsecond.common.telemetry.Telemetry;
import halfsecond.vad.rpc.DetectService;
import halfsecond.vad.telemetry.VadMetrics;
import halfsecond.vad.webrtc.HandleCounts;
import halfsecond.vad.webrtc.WebRtcVad;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The running service. Closing it drains it: streams end with DRAINING after the utterance in
 * progress, or when three quarters of the grace are over. Safe for use by any thread.
 */
public final class VadServer implements AutoCloseable {
  private final GrpcServer server;

  private VadServer(GrpcServer server) {
    this.server = server;
  }

  /**
   * Starts the service; it takes streams when this returns.
   *
   * @param telemetry stays the caller's, who closes it after the server
   * @throws StartException if the native library cannot be loaded or the port not be opened
   */
  public static VadServer start(VadConfig config, Telemetry telemetry) {
    WebRtcVad.load();
    Closer closer = new Closer();
    try {
      return start(config, telemetry, closer);
    } catch (RuntimeException e) {
      closer.closeAfter(e);
      throw e;
    }
  }

  private static VadServer start(VadConfig config, Telemetry telemetry, Closer closer) {
    VadMetrics metrics =
        closer.register(
            new VadMetrics(
                telemetry.meter("halfsecond.vad"), HandleCounts::live, HandleCounts::leaked));
    Optional<StageReporter> reporter =
        config.monitor().map(to -> closer.register(new StageReporter(to, telemetry)));
    ScheduledExecutorService timer = NamedThreads.timer("vad-timer");
    closer.register(timer::shutdownNow);
    DetectService service =
        new DetectService(
            config.endpointing(),
            config.maxStreams(),
            WebRtcVad::new,
            metrics,
            telemetry,
            Scheduler.on(timer));
    GrpcServer server =
        GrpcServers.builder(config.server(), Preset.INNER, telemetry).service(service).start();
    reporter.ifPresent(it -> it.report("vad", server, VadServer::measurements));
    Duration patience = config.server().stop().grace().multipliedBy(3).dividedBy(4);
    server
        .onDrain(() -> service.drain(patience))
        .thenClose("timer", timer)
        .thenClose("metrics", metrics);
    return new VadServer(server);
  }

  private static List<Measurement> measurements() {
    return List.of(new Measurement.Level("vad.native_handles", HandleCounts.live()));
  }

  /** The port that it listens on. */
  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.close();
  }
}
