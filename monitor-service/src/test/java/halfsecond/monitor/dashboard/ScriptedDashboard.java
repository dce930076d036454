// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.dashboard;

import halfsecond.common.concurrent.NamedThreads;
import halfsecond.common.lifecycle.Closer;
import halfsecond.common.telemetry.Telemetry;
import halfsecond.monitor.rpc.JsonApi;
import halfsecond.monitor.web.DashboardConfig;
import halfsecond.monitor.web.WebServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;

/** The page as the monitor serves it, over a scripted monitor. */
final class ScriptedDashboard implements AutoCloseable {
  private static final String SETTINGS =
      "{\"budget_seconds\":0.5,\"shares\":{\"vad\":0.4,\"route\":0.1,\"asr\":0.4,\"deliver\":0.1}}";

  private final Closer closer = new Closer();
  private final int port;

  /**
   * @param port 0 lets the system choose
   */
  ScriptedDashboard(ScriptedMonitor monitor, int port) {
    ExecutorService pool = NamedThreads.fixed("scripted", 2);
    closer.register(NamedThreads.closing(pool, Duration.ofSeconds(5)));
    JsonApi api = closer.register(JsonApi.over(monitor, Telemetry.noop(), pool));
    DashboardConfig config =
        new DashboardConfig(true, "127.0.0.1", port, null, List.of(), Duration.ofMillis(500));
    this.port = closer.register(WebServer.start(config, api, SETTINGS)).port();
  }

  int port() {
    return port;
  }

  /** With a slash at its end. */
  String address() {
    return "http://127.0.0.1:" + port + "/";
  }

  @Override
  public void close() {
    closer.close();
  }
}
