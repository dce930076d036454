// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor;

import halfsecond.common.concurrent.NamedThreads;
import halfsecond.common.lifecycle.Closer;
import halfsecond.common.lifecycle.StartException;
import halfsecond.common.rpc.GrpcServer;
import halfsecond.common.rpc.GrpcServers;
import halfsecond.common.rpc.Preset;
import halfsecond.common.telemetry.Telemetry;
import halfsecond.monitor.intake.Intake;
import halfsecond.monitor.metric.MetricCatalogue;
import halfsecond.monitor.metric.MetricWindows;
import halfsecond.monitor.rpc.MonitorGrpcService;
import halfsecond.monitor.telemetry.MonitorMetrics;
import halfsecond.monitor.window.UtteranceWindows;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;

/**
 * A running monitor. What it knows is in memory and gone when it closes. Closing acknowledges what
 * reporters have sent, ends their streams with {@code DRAINING} and waits for calls as configured.
 * Safe for use by any thread.
 */
public final class MonitorServer implements AutoCloseable {
  private static final String INSTRUMENTATION = "halfsecond.monitor";
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final GrpcServer server;

  private MonitorServer(GrpcServer server) {
    this.server = server;
  }

  /**
   * Starts a monitor.
   *
   * @param telemetry owned by the caller, to be closed after this
   * @throws StartException if it cannot listen where it should
   */
  public static MonitorServer start(MonitorConfig config, Telemetry telemetry) {
    return start(config, telemetry, InstantSource.system());
  }

  static MonitorServer start(MonitorConfig config, Telemetry telemetry, InstantSource clock) {
    Closer unwind = new Closer();
    try {
      UtteranceWindows utterances =
          new UtteranceWindows(config.windows(), config.series(), config.shares());
      MetricWindows stages = new MetricWindows(MetricCatalogue.builtIn(), config.windows());
      MonitorMetrics metrics =
          unwind.register(
              new MonitorMetrics(telemetry.meter(INSTRUMENTATION), utterances::seriesCount));
      ExecutorService callbacks = GrpcServers.callbacks("monitor-callback");
      unwind.register(NamedThreads.closing(callbacks, GRACE));
      MonitorGrpcService service =
          new MonitorGrpcService(
              utterances,
              stages,
              new Intake(utterances, config.remembered()),
              clock,
              metrics,
              config.reporters(),
              callbacks);
      GrpcServer server =
          GrpcServers.builder(config.server(), Preset.INNER, telemetry, callbacks)
              .service(service)
              .start();
      return new MonitorServer(
          server
              .onDrain(service::drain)
              .thenClose("callbacks", callbacks)
              .thenClose("metrics", metrics));
    } catch (RuntimeException e) {
      unwind.closeAfter(e);
      throw e;
    }
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
