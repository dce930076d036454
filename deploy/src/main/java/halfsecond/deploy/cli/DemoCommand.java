// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.cli;

import halfsecond.deploy.audio.AudioFiles;
import halfsecond.deploy.client.AudioSource;
import halfsecond.deploy.client.StreamOptions;
import halfsecond.deploy.client.StreamedSession;
import halfsecond.deploy.view.Terminal;
import halfsecond.speech.v1.RecognitionConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the whole thing with one clip. */
@Command(
    name = "demo",
    description = {
      "Starts the four services on this machine, streams one synthesized sample clip through them in"
          + " real time, and shows what came back, when, and where each millisecond went."
    },
    footer = {
      "",
      "Examples:",
      "  halfsecond demo",
      "  halfsecond demo --processes --otlp trace.json",
      "",
      "The first run prepares the models, which takes up to a minute. For audio of your own:",
      "  halfsecond stream FILE"
    })
final class DemoCommand implements Callable<Integer> {

  private final CommandContext context;

  @Option(
      names = "--processes",
      description =
          "The services in a process each; their spans come from there and make one trace.")
  private boolean processes;

  @Mixin private final TraceOptions traces = new TraceOptions();

  DemoCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    List<Path> samples = context.distribution().samples();
    if (samples.isEmpty()) {
      throw new CommandFailure(
          ExitCode.CONFIG,
          "the distribution in " + context.distribution().path() + " has no samples");
    }
    Path clip = samples.get(0);
    AudioSource source = AudioFiles.wav(clip);
    Terminal terminal = context.terminal();
    try (Connection connection =
        processes ? ProcessConnection.start(context) : EmbeddedConnection.start(context)) {
      terminal
          .out()
          .println(
              processes
                  ? "Four gRPC services run in a process each:"
                  : "Four gRPC services run in this process, each on its own port:");
      connection
          .endpoints()
          .forEach(
              (service, endpoint) ->
                  terminal.out().printf(Locale.ROOT, "  %-8s %s%n", service.word(), endpoint));
      terminal
          .out()
          .printf(
              Locale.ROOT,
              "%nStreaming %s (%.1f s, synthesized with flite) as a microphone would:%n",
              clip.getFileName(),
              source.format().durationOf(source.sizeBytes().orElse(0)).toMillis() / 1000.0);
      LiveSession live = new LiveSession(terminal, connection);
      StreamedSession session =
          live.run(source, RecognitionConfig.getDefaultInstance(), StreamOptions.live());
      live.report(session);
      traces.write(connection, session.result());
    }
    terminal.out().println();
    terminal.out().println("Next: halfsecond stream FILE, halfsecond mic, halfsecond serve.");
    return ExitCode.OK;
  }
}
