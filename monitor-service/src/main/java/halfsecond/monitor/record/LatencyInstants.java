// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.record;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the time of one final went: instants since the end of speech, which never decrease.
 *
 * @param sent the final latency
 * @param budget of the session; null where none held
 * @param asrFinalize what recognition reports about itself; null if not known
 * @param speechEndOffset the end of speech in the client's audio; null if not known
 */
public record LatencyInstants(
    Duration endpointDecided,
    Duration routed,
    Duration decodeDone,
    Duration sent,
    @Nullable Duration budget,
    @Nullable Duration asrFinalize,
    @Nullable Duration speechEndOffset) {
  private static final Duration LEAST_BUDGET = Duration.ofMillis(200);
  private static final Duration MOST_BUDGET = Duration.ofSeconds(5);

  public LatencyInstants {
    Limits.upTo("latency.endpoint_decided", endpointDecided, Limits.LONGEST);
    Limits.upTo("latency.sent", sent, Limits.LONGEST);
    ordered("latency.routed", endpointDecided, routed, "latency.endpoint_decided");
    ordered("latency.decode_done", routed, decodeDone, "latency.routed");
    ordered("latency.sent", decodeDone, sent, "latency.decode_done");
    Limits.upToIfSet("latency.asr_finalize", asrFinalize, Limits.LONGEST);
    Limits.upToIfSet("latency.speech_end_offset", speechEndOffset, Limits.LONGEST);
    if (budget != null) {
      Limits.check(
          budget.compareTo(LEAST_BUDGET) >= 0 && budget.compareTo(MOST_BUDGET) <= 0,
          "latency.budget",
          "200 ms to 5 s");
    }
  }

  /** Time that the stage took; for the pipeline the final latency. */
  public Duration of(Stage stage) {
    return switch (stage) {
      case VAD -> endpointDecided;
      case ROUTE -> routed.minus(endpointDecided);
      case ASR -> decodeDone.minus(routed);
      case DELIVER -> sent.minus(decodeDone);
      case PIPELINE -> sent;
    };
  }

  private static void ordered(String field, Duration before, Duration after, String beforeField) {
    Limits.check(after.compareTo(before) >= 0, field, "at least " + beforeField);
  }
}
