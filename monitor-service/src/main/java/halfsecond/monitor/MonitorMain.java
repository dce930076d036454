// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor;

import halfsecond.common.lifecycle.ServiceCommand;
import halfsecond.common.telemetry.Telemetry;
import java.util.List;
import picocli.CommandLine;

/** Runs the service as a process of its own. */
public final class MonitorMain {
  private static final String NAME = "monitor-service";

  private MonitorMain() {}

  /** Ends the process with 0 (clean), 64 (bad usage), 70 (crash) or 78 (bad configuration). */
  public static void main(String... arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return ServiceCommand.of(
        NAME,
        "Takes utterance records and says how good each stage of the pipeline is.",
        MonitorMain.class,
        new ServiceCommand.Configuration<>(MonitorConfig::load, MonitorConfig::render),
        (config, closer) -> {
          Telemetry telemetry =
              closer.register(Telemetry.create(NAME, config.telemetry(), List.of()));
          closer.register(MonitorServer.start(config, telemetry));
        });
  }
}
