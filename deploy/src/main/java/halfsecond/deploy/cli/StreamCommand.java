// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.cli;

import halfsecond.deploy.client.AudioSource;
import halfsecond.deploy.client.StreamOptions;
import halfsecond.deploy.client.StreamedSession;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Streams a file as if it were being spoken now. */
@Command(
    name = "stream",
    description = {
      "Streams a recording in real time, as a microphone would, and shows hypotheses as they come,"
          + " the finals, and where each millisecond of the slowest one went."
    },
    footer = {
      "",
      "Examples:",
      "  halfsecond stream interview.wav",
      "  halfsecond stream --raw --encoding MULAW --rate 8000 call.ul",
      "  halfsecond stream --server 127.0.0.1:7600 interview.wav",
      "",
      "Without --server the four services start inside this process and end with it."
    })
final class StreamCommand implements Callable<Integer> {

  private final CommandContext context;

  @Parameters(paramLabel = "FILE", description = "A mono WAV file (16-bit PCM, mu-law or A-law).")
  private Path file = Path.of("");

  @Option(
      names = "--tail",
      paramLabel = "MS",
      defaultValue = "600",
      description =
          "Silence sent after the file: the microphone stays open. Default ${DEFAULT-VALUE}.")
  private int tailMillis;

  @Mixin private final AudioOptions audio = new AudioOptions();
  @Mixin private final RecognitionOptions recognition = new RecognitionOptions();
  @Mixin private final TraceOptions traces = new TraceOptions();
  @Mixin private final ConnectionOptions connecting = new ConnectionOptions();

  StreamCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    AudioSource source = audio.open(file);
    Duration length = source.format().durationOf(source.sizeBytes().orElse(0));
    if (length.compareTo(StreamOptions.LONGEST) > 0) {
      throw new CommandFailure(
          ExitCode.BAD_DATA,
          file
              + " is "
              + length.toSeconds()
              + " s long and a live session ends after 290 s; use: halfsecond transcribe "
              + file);
    }
    StreamOptions options = StreamOptions.live().withTail(Duration.ofMillis(tailMillis));
    try (Connection connection = connecting.open(context)) {
      LiveSession live = new LiveSession(context.terminal(), connection);
      StreamedSession session = live.run(source, recognition.config(false), options);
      live.report(session);
      traces.write(connection, session.result());
    }
    return ExitCode.OK;
  }
}
