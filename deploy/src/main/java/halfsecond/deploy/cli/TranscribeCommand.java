// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.cli;

import halfsecond.deploy.client.AudioSource;
import halfsecond.deploy.client.Transcription;
import halfsecond.deploy.view.Progress;
import halfsecond.deploy.view.Terminal;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Recognizes recordings as fast as the server can. */
@Command(
    name = "transcribe",
    description = {
      "Recognizes recordings of any length, faster than real time, and prints what was said."
    },
    footer = {
      "",
      "Examples:",
      "  halfsecond transcribe interview.wav",
      "  halfsecond transcribe --json *.wav > transcripts.jsonl",
      "  halfsecond transcribe --raw --encoding ALAW --rate 8000 call.al",
      "",
      "With one file the text alone is printed; with several each line begins with the file's name.",
      "With --json each line is an object: file, transcript, confidence, words (start and end in",
      "seconds), utterances, latency; a file that failed has `error` instead. A file that fails does",
      "not stop the others; the exit code is that of the first failure.",
      "",
      "Without --server the four services start inside this process and end with it."
    })
final class TranscribeCommand implements Callable<Integer> {

  private static final Logger LOG = LoggerFactory.getLogger(TranscribeCommand.class);

  private final CommandContext context;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Mono WAV files (16-bit PCM, mu-law or A-law).")
  private List<Path> files = new ArrayList<>();

  @Option(names = "--json", description = "Print one JSON object a line.")
  private boolean json;

  @Mixin private final AudioOptions audio = new AudioOptions();
  @Mixin private final RecognitionOptions recognition = new RecognitionOptions();
  @Mixin private final ConnectionOptions connecting = new ConnectionOptions();

  TranscribeCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    int exitCode = ExitCode.OK;
    List<Opened> opened = new ArrayList<>();
    for (Path file : files) {
      try {
        opened.add(new Opened(file, audio.open(file)));
      } catch (IOException | RuntimeException e) {
        exitCode = failed(file, e, exitCode);
      }
    }
    if (opened.isEmpty()) {
      return exitCode;
    }
    try (Connection connection = connecting.open(context)) {
      for (Opened next : opened) {
        try {
          print(next.file(), transcribe(connection, next));
        } catch (IOException | StatusRuntimeException e) {
          exitCode = failed(next.file(), e, exitCode);
        }
      }
    }
    return exitCode;
  }

  private Transcription transcribe(Connection connection, Opened next)
      throws IOException, InterruptedException {
    Duration length = next.source().format().durationOf(next.source().sizeBytes().orElse(0));
    try (Progress progress = Progress.start(context.terminal(), "recognizing " + next.file())) {
      return connection
          .client()
          .transcribe(
              next.source(),
              recognition.config(json),
              done -> progress.update(done.toSeconds() + " of " + length.toSeconds() + " s"));
    }
  }

  private void print(Path file, Transcription transcription) {
    Terminal terminal = context.terminal();
    if (json) {
      terminal.out().println(JsonLines.of(file.toString(), transcription));
    } else {
      String text = Transcripts.text(transcription.finals());
      terminal.out().println(files.size() == 1 ? text : file + ": " + text);
      transcription
          .rejected()
          .forEach(
              refused ->
                  terminal
                      .err()
                      .println(
                          "halfsecond: "
                              + file
                              + ": refused: "
                              + refused.getStatus().getMessage()));
    }
    terminal.out().flush();
  }

  private int failed(Path file, Exception thrown, int earlier) {
    Failure failure = Failure.of(thrown);
    LOG.atInfo().addKeyValue("exit_code", failure.exitCode()).log("file failed");
    String name = file.toString();
    String message = failure.message();
    context
        .terminal()
        .err()
        .println("halfsecond: " + (message.contains(name) ? message : name + ": " + message));
    if (json) {
      context.terminal().out().println(JsonLines.of(name, failure));
    }
    return earlier == ExitCode.OK ? failure.exitCode() : earlier;
  }

  /** A file that could be opened. */
  private record Opened(Path file, AudioSource source) {}
}
