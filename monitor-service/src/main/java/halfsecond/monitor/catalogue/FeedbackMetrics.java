// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.catalogue;

import halfsecond.monitor.catalogue.Metric.Direction;
import halfsecond.monitor.catalogue.Metric.Kind;
import halfsecond.monitor.catalogue.Metric.Source;
import halfsecond.monitor.record.Feedback;
import java.util.Arrays;
import java.util.List;

/**
 * What users did with the finals that they got. A record only says that there was a final, which is
 * a trial without an event; the event comes with the feedback.
 */
final class FeedbackMetrics {
  private FeedbackMetrics() {}

  static List<UtteranceMetric> all() {
    return Arrays.stream(Feedback.Kind.values()).map(FeedbackMetrics::of).toList();
  }

  static String name(Feedback.Kind kind) {
    return switch (kind) {
      case REDO -> "pipeline.redos";
      case SWITCH_TO_TYPING -> "pipeline.switches_to_typing";
      case CLICK_THROUGH -> "pipeline.click_throughs";
      case CORRECTION -> "pipeline.corrections";
      case ABANDON -> "pipeline.abandons";
      case ACCEPT -> "pipeline.accepts";
    };
  }

  private static UtteranceMetric of(Feedback.Kind kind) {
    String name = name(kind);
    return new UtteranceMetric(
        new Metric(
            name,
            UtteranceMetrics.stageOf(name),
            Kind.PROPORTION,
            "1",
            direction(kind),
            description(kind),
            Source.UTTERANCES),
        Readings.answered(it -> 0.0));
  }

  private static Direction direction(Feedback.Kind kind) {
    return switch (kind) {
      case REDO, SWITCH_TO_TYPING, CORRECTION, ABANDON -> Direction.UP_IS_WORSE;
      case CLICK_THROUGH, ACCEPT -> Direction.DOWN_IS_WORSE;
    };
  }

  private static String description(Feedback.Kind kind) {
    return switch (kind) {
      case REDO ->
          "Finals after which the user soon said substantially the same again; rises when answers"
              + " are wrong or empty.";
      case SWITCH_TO_TYPING ->
          "Finals after which the user gave up speaking and typed; rises when answers are wrong,"
              + " empty or slow.";
      case CLICK_THROUGH ->
          "Finals that led to a result which the user used; falls when answers are wrong, or"
              + " results are.";
      case CORRECTION -> "Finals that the user corrected; rises when words are wrong.";
      case ABANDON ->
          "Finals that the user left without doing anything; rises when answers are wrong or slow.";
      case ACCEPT -> "Finals that the user took as they were; falls when words are wrong.";
    };
  }
}
