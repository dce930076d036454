// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.cli;

import halfsecond.deploy.audio.Microphone;
import halfsecond.deploy.client.Pace;
import halfsecond.deploy.client.StreamOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Streams the microphone. */
@Command(
    name = "mic",
    description = {"Streams the microphone and shows what is recognized, until Ctrl-C."},
    footer = {
      "",
      "Examples:",
      "  halfsecond mic",
      "  halfsecond mic --list",
      "  halfsecond mic --device USB --seconds 30",
      "",
      "Needs a microphone that Java Sound knows; on a machine without one, use: halfsecond stream FILE"
    })
final class MicCommand implements Callable<Integer> {

  private final CommandContext context;

  @Option(names = "--list", description = "List the microphones and stop.")
  private boolean list;

  @Option(
      names = "--device",
      paramLabel = "TEXT",
      defaultValue = "",
      description =
          "Use the first microphone whose name contains this. Default: the system's choice.")
  private String device = "";

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "240",
      description = "Stop after this long, 1 to 280. Default ${DEFAULT-VALUE}.")
  private int seconds;

  @Mixin private final RecognitionOptions recognition = new RecognitionOptions();
  @Mixin private final ConnectionOptions connecting = new ConnectionOptions();

  MicCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    List<Microphone> microphones = Microphone.list();
    if (list) {
      microphones.forEach(microphone -> context.terminal().out().println(microphone.name()));
    }
    if (microphones.isEmpty()) {
      throw new CommandFailure(
          ExitCode.CONFIG,
          "no microphone: Java Sound knows no device here that records 16 kHz 16-bit mono;"
              + " use: halfsecond stream FILE");
    }
    if (list) {
      return ExitCode.OK;
    }
    Microphone microphone =
        microphones.stream()
            .filter(candidate -> candidate.name().contains(device))
            .findFirst()
            .orElseThrow(
                () ->
                    new CommandFailure(
                        ExitCode.USAGE, "no microphone is called " + device + "; see --list"));
    listen(microphone);
    return ExitCode.OK;
  }

  private void listen(Microphone microphone) throws Exception {
    if (seconds < 1 || seconds > StreamOptions.LONGEST.toSeconds()) {
      throw new CommandFailure(ExitCode.USAGE, "--seconds must be 1 to 280, not " + seconds);
    }
    StreamOptions options =
        StreamOptions.live()
            .withPace(Pace.unlimited())
            .withTail(Duration.ZERO)
            .withLimit(Duration.ofSeconds(seconds));
    try (Connection connection = connecting.open(context)) {
      LiveSession live = new LiveSession(context.terminal(), connection);
      context.terminal().err().println("Listening to " + microphone.name() + ". Ctrl-C stops.");
      live.report(
          live.run(new InterruptibleSource(microphone), recognition.config(false), options));
    }
  }
}
