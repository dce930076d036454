// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad;

import halfsecond.common.lifecycle.ServiceCommand;
import halfsecond.common.telemetry.Telemetry;
import java.util.List;
import picocli.CommandLine;

/** Runs the service as a process of its own. */
public final class VadMain {
  private static final String NAME = "vad-service";

  private VadMain() {}

  /** Ends the process with 0 (clean), 64 (bad usage), 70 (crash) or 78 (bad configuration). */
  public static void main(String... arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return ServiceCommand.of(
        NAME,
        "Finds the utterances in streams of audio. Serves halfsecond.vad.v1.",
        VadMain.class,
        new ServiceCommand.Configuration<>(VadConfig::load, VadConfig::render),
        (config, closer) -> {
          Telemetry telemetry =
              closer.register(Telemetry.create(NAME, config.telemetry(), List.of()));
          closer.register(VadServer.start(config, telemetry));
        });
  }
}
