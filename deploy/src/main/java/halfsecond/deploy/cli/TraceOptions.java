// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.cli;

import halfsecond.deploy.client.Received;
import halfsecond.deploy.client.SessionResult;
import halfsecond.deploy.trace.OtlpJson;
import halfsecond.deploy.trace.SpanCollector;
import halfsecond.deploy.trace.Timeline;
import halfsecond.deploy.trace.TracedSpan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the traces of a session go beside the drawing. */
final class TraceOptions {

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  @Option(
      names = "--otlp",
      paramLabel = "FILE",
      description = "Write the traces of all utterances to this file, as OTLP/JSON.")
  private @Nullable Path file;

  /**
   * Writes the file when one was asked for.
   *
   * @throws CommandFailure when the services run elsewhere and keep their spans
   */
  void write(Connection connection, SessionResult result) throws IOException, InterruptedException {
    if (file == null) {
      return;
    }
    SpanCollector collector =
        connection
            .spans()
            .orElseThrow(
                () ->
                    new CommandFailure(
                        ExitCode.USAGE,
                        "--otlp needs the spans of services that this command starts: leave out"
                            + " --server, or let the server export them (OTEL_TRACES_EXPORTER)"));
    List<TracedSpan> spans = new ArrayList<>();
    for (Received answer : result.received()) {
      if (answer.isFinal()) {
        String trace = answer.response().getResult().getLatency().getTraceId();
        spans.addAll(collector.await(trace, Timeline.SPANS, PATIENCE));
      }
    }
    Files.writeString(file, OtlpJson.of(spans));
  }
}
