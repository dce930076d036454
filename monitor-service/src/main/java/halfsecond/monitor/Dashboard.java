// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor;

import halfsecond.common.lifecycle.Closer;
import halfsecond.common.lifecycle.StartException;
import halfsecond.monitor.catalogue.BudgetShares;
import halfsecond.monitor.rpc.JsonApi;
import halfsecond.monitor.web.DashboardConfig;
import halfsecond.monitor.web.WebServer;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The page of a running monitor, or nothing when it is turned off. Safe for use by any thread. */
final class Dashboard implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Dashboard.class);

  private final Closer closer = new Closer();
  private final @Nullable WebServer server;

  private Dashboard(DashboardConfig config, BudgetShares shares, Supplier<JsonApi> calls) {
    if (!config.enabled()) {
      this.server = null;
      return;
    }
    try {
      JsonApi api = closer.register(calls.get());
      this.server = closer.register(WebServer.start(config, api, settings(config, shares)));
    } catch (RuntimeException e) {
      closer.closeAfter(e);
      throw e;
    }
  }

  /**
   * Opens the port, if the page is wanted.
   *
   * @param calls answers what the page asks; only asked for when there is a page, and closed with
   *     it
   * @throws StartException if the port cannot be opened
   */
  static Dashboard start(DashboardConfig config, BudgetShares shares, Supplier<JsonApi> calls) {
    Dashboard dashboard = new Dashboard(config, shares, calls);
    dashboard
        .port()
        .ifPresent(
            port ->
                LOG.atInfo()
                    .addKeyValue("host", config.host())
                    .addKeyValue("port", port)
                    .log("dashboard is served"));
    return dashboard;
  }

  /** The port that it listens on; empty when it is turned off. */
  OptionalInt port() {
    return server == null ? OptionalInt.empty() : OptionalInt.of(server.port());
  }

  @Override
  public void close() {
    closer.close();
  }

  private static String settings(DashboardConfig config, BudgetShares shares) {
    return String.format(
        Locale.ROOT,
        "{\"budget_seconds\":%.3f,\"shares\":{\"vad\":%.4f,\"route\":%.4f,\"asr\":%.4f,\"deliver\":%.4f}}",
        config.budget().toNanos() / 1e9,
        shares.vad(),
        shares.route(),
        shares.asr(),
        shares.deliver());
  }
}
