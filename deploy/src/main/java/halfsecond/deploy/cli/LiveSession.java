// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.cli;

import com.google.protobuf.util.Durations;
import halfsecond.deploy.client.AudioSource;
import halfsecond.deploy.client.Received;
import halfsecond.deploy.client.StreamOptions;
import halfsecond.deploy.client.StreamedSession;
import halfsecond.deploy.trace.Timeline;
import halfsecond.deploy.view.LiveText;
import halfsecond.deploy.view.Terminal;
import halfsecond.deploy.view.TimelineChart;
import halfsecond.speech.v1.LatencyBreakdown;
import halfsecond.speech.v1.RecognitionConfig;
import halfsecond.speech.v1.StreamingRecognitionConfig;
import halfsecond.speech.v1.StreamingRecognitionResult;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Streams one source while a person looks on: hypotheses as they come, finals, and where the time
 * went.
 */
final class LiveSession {

  /**
   * Spans end a moment after the final was sent; one that does not come is left out of the chart.
   */
  private static final Duration SPAN_PATIENCE = Duration.ofSeconds(2);

  private final Terminal terminal;
  private final Connection connection;
  private final LiveText text;

  LiveSession(Terminal terminal, Connection connection) {
    this.terminal = terminal;
    this.connection = connection;
    this.text = new LiveText(terminal);
  }

  StreamedSession run(AudioSource source, RecognitionConfig features, StreamOptions options)
      throws IOException, InterruptedException {
    StreamingRecognitionConfig config =
        StreamingRecognitionConfig.newBuilder().setConfig(features).setInterimResults(true).build();
    StreamedSession session = connection.client().stream(source, config, options, this::show);
    session.result().orThrow();
    return session;
  }

  /** Says how long the finals took, and draws the slowest one. */
  void report(StreamedSession session) throws InterruptedException {
    List<Received> finals = session.result().received().stream().filter(Received::isFinal).toList();
    if (finals.isEmpty()) {
      terminal.out().println("No speech was heard.");
      return;
    }
    Received slowest =
        finals.stream().max(Comparator.comparingLong(LiveSession::sentNanos)).orElseThrow();
    terminal.out().println();
    terminal.out().println(summary(session, finals, slowest));
    terminal.out().println();
    for (String line : new TimelineChart(terminal).lines(timeline(slowest))) {
      terminal.out().println(line);
    }
  }

  private String summary(StreamedSession session, List<Received> finals, Received slowest) {
    String waited =
        String.format(
            Locale.ROOT,
            "%d ms after the end of speech (measured here, by the client)",
            session.waitedFor(slowest).toMillis());
    return finals.size() == 1
        ? terminal.bold("The final came ") + waited
        : terminal.bold(finals.size() + " finals") + "; the slowest came " + waited;
  }

  private Timeline timeline(Received answer) throws InterruptedException {
    LatencyBreakdown latency = answer.response().getResult().getLatency();
    if (connection.spans().isEmpty() || latency.getTraceId().isEmpty()) {
      return Timeline.of(latency);
    }
    return Timeline.of(
        latency,
        connection.spans().get().await(latency.getTraceId(), Timeline.SPANS, SPAN_PATIENCE));
  }

  private void show(Received answer) {
    if (answer.isPartial()) {
      text.partial(Transcripts.text(answer.response().getResult()));
    } else if (answer.isFinal()) {
      text.closing(closing(answer.response().getResult()));
    } else if (answer.response().hasRejected()) {
      text.closing("  refused: " + answer.response().getRejected().getStatus().getMessage());
    }
  }

  private String closing(StreamingRecognitionResult result) {
    String words = Transcripts.text(result);
    String said = words.isEmpty() ? "(no words)" : words;
    String confidence =
        Transcripts.best(result).hasConfidence()
            ? String.format(
                Locale.ROOT, ", confidence %.2f", Transcripts.best(result).getConfidence())
            : "";
    String facts =
        String.format(
            Locale.ROOT,
            "  [%.1f-%.1f s%s, %s]",
            Durations.toNanos(result.getResultStartOffset()) / 1e9,
            Durations.toNanos(result.getResultEndOffset()) / 1e9,
            confidence,
            result.getModelVersion());
    return terminal.bold("  > " + said) + terminal.dim(facts);
  }

  private static long sentNanos(Received answer) {
    return Durations.toNanos(answer.response().getResult().getLatency().getSent());
  }
}
