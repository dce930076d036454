// SPDX-License-Identifier: Apache-2.0
package halfsecond.router;

import halfsecond.common.lifecycle.ServiceCommand;
import halfsecond.common.telemetry.Telemetry;
import java.security.Security;
import java.util.List;
import picocli.CommandLine;

/** Runs the service as a process of its own. */
public final class RouterMain {
  private static final String NAME = "router-service";

  private RouterMain() {}

  /** Ends the process with 0 (clean), 64 (bad usage), 70 (crash) or 78 (bad configuration). */
  public static void main(String... arguments) {
    // Names are resolved again every few seconds; by default the JVM remembers answers for 30 s.
    Security.setProperty("networkaddress.cache.ttl", "1");
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return ServiceCommand.of(
        NAME,
        "Recognizes speech within a latency budget. Serves halfsecond.speech.v1.",
        RouterMain.class,
        new ServiceCommand.Configuration<>(RouterConfig::load, RouterConfig::render),
        (config, closer) -> {
          Telemetry telemetry =
              closer.register(Telemetry.create(NAME, config.telemetry(), List.of()));
          closer.register(RouterServer.start(config, telemetry));
        });
  }
}
