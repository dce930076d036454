// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr;

import halfsecond.common.lifecycle.ServiceCommand;
import halfsecond.common.telemetry.Telemetry;
import java.util.List;
import picocli.CommandLine;

/** Runs the service as a process of its own. */
public final class AsrMain {
  private static final String NAME = "asr-service";

  private AsrMain() {}

  /** Ends the process with 0 (clean), 64 (bad usage), 70 (crash) or 78 (bad configuration). */
  public static void main(String... arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return ServiceCommand.of(
        NAME,
        "Recognizes clips of speech. Serves halfsecond.asr.v1.",
        AsrMain.class,
        new ServiceCommand.Configuration<>(AsrConfig::load, AsrConfig::render),
        (config, closer) -> {
          Telemetry telemetry =
              closer.register(Telemetry.create(NAME, config.telemetry(), List.of()));
          closer.register(AsrServer.start(config, telemetry));
        });
  }
}
