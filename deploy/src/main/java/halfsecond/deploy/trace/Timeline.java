// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.trace;

import com.google.protobuf.util.Durations;
import halfsecond.speech.v1.LatencyBreakdown;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/**
 * What happened to one utterance, in the order of starting.
 *
 * @param alongside work that overlapped the speech; costs the user nothing
 * @param waiting the stages between the end of speech and the final
 * @param totalNanos from the end of speech to the final, as the router measured it
 * @param budgetNanos what was promised, if anything was
 * @param source where the stages come from: spans or the final's own breakdown
 * @param traceId W3C trace id; empty when the server does not trace
 */
public record Timeline(
    List<Stage> alongside,
    List<Stage> waiting,
    long totalNanos,
    OptionalLong budgetNanos,
    Source source,
    String traceId) {

  /** Where stages come from. */
  public enum Source {
    /** Spans of the services. */
    SPANS,
    /** The latency breakdown of a final. */
    BREAKDOWN
  }

  /** Spans that an utterance consists of, in their usual order. */
  public static final List<String> SPANS =
      List.of("vad.endpoint", "utterance", "route", "asr.decode", "asr.finalize", "deliver");

  /**
   * Those that follow each other on the way to the final; the others accompany the speech.
   * Endpointing listens all the time, but only its part after the end of speech is waited for.
   */
  private static final List<String> WAITED_FOR =
      List.of("vad.endpoint", "route", "asr.finalize", "deliver");

  /** Copies the lists. */
  public Timeline {
    alongside = List.copyOf(alongside);
    waiting = List.copyOf(waiting);
  }

  /** From what the router says in the final. */
  public static Timeline of(LatencyBreakdown latency) {
    long endpoint = Durations.toNanos(latency.getEndpointDecided());
    long routed = Durations.toNanos(latency.getRouted());
    long decoded = Durations.toNanos(latency.getDecodeDone());
    long sent = Durations.toNanos(latency.getSent());
    List<Stage> stages =
        List.of(
            new Stage("vad", 0, endpoint),
            new Stage("route", endpoint, routed),
            new Stage("asr", routed, decoded),
            new Stage("deliver", decoded, sent));
    return new Timeline(
        List.of(), stages, sent, budget(latency), Source.BREAKDOWN, latency.getTraceId());
  }

  /**
   * From the spans of the utterance's trace. The end of speech is found from the end of {@code
   * deliver}, which is the instant that the breakdown calls sent. Without that span the breakdown
   * has to do.
   */
  public static Timeline of(LatencyBreakdown latency, List<TracedSpan> spans) {
    var deliver = spans.stream().filter(span -> span.name().equals("deliver")).findFirst();
    if (deliver.isEmpty()) {
      return of(latency);
    }
    long sent = Durations.toNanos(latency.getSent());
    long speechEnd = deliver.get().endNanos() - sent;
    List<Stage> alongside = new ArrayList<>();
    List<Stage> waiting = new ArrayList<>();
    spans.stream()
        .filter(span -> SPANS.contains(span.name()))
        .map(span -> stage(span, speechEnd))
        .sorted(Comparator.comparingLong(Stage::startNanos).thenComparingLong(Stage::endNanos))
        .forEach(
            stage -> {
              boolean waitedFor = WAITED_FOR.contains(stage.name()) && stage.endNanos() > 0;
              if (waitedFor) {
                waiting.add(stage.afterSpeech());
              } else {
                alongside.add(stage);
              }
            });
    return new Timeline(
        alongside, waiting, sent, budget(latency), Source.SPANS, latency.getTraceId());
  }

  /** The part of the wait that no stage covers: hand-overs between services. Never negative. */
  public long betweenNanos() {
    long covered = 0;
    long until = 0;
    for (Stage stage : waiting) {
      long start = Math.max(stage.startNanos(), until);
      long end = Math.min(stage.endNanos(), totalNanos);
      if (end > start) {
        covered += end - start;
        until = end;
      }
    }
    return Math.max(0, totalNanos - covered);
  }

  private static Stage stage(TracedSpan span, long speechEnd) {
    return new Stage(span.name(), span.startNanos() - speechEnd, span.endNanos() - speechEnd);
  }

  private static OptionalLong budget(LatencyBreakdown latency) {
    return latency.hasBudget()
        ? OptionalLong.of(Durations.toNanos(latency.getBudget()))
        : OptionalLong.empty();
  }
}
