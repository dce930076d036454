// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.catalogue;

import halfsecond.monitor.record.Feedback;
import halfsecond.monitor.record.Stage;
import halfsecond.monitor.record.UtteranceRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * All metrics that come from utterance records, in an order that stays as it is while the process
 * runs, so that each has a place. Immutable.
 */
public final class UtteranceMetrics {
  /** Finals and refusals. */
  public static final String UTTERANCES = "pipeline.utterances";

  /** Refusals, of utterances. */
  public static final String REFUSALS = "pipeline.refusals";

  /** Utterances that were tried more than once. */
  public static final String REPLAYS = "route.replays";

  /** Finals without words, of those for which recognition had a hypothesis. */
  public static final String NULL_TRANSCRIPTS = "asr.null_transcripts";

  /** A part of the null transcripts, over the same finals. */
  public static final String NOISE_REJECTIONS = "asr.noise_rejections";

  public static final String CLIP_SECONDS = "vad.clip_seconds";
  public static final String CONFIDENCE = "asr.confidence";
  public static final String WORDS_PER_SECOND = "asr.words_per_second";
  public static final String REAL_TIME_FACTOR = "asr.real_time_factor";
  public static final String DEADLINE_FINALS = "pipeline.deadline_finals";
  public static final String WITHOUT_HYPOTHESIS = "asr.without_hypothesis";
  public static final String LATE_ANSWERS = "asr.late_answers";
  public static final String LATE_ANSWERS_CHANGED = "asr.late_answers_changed";
  public static final String TRUNCATED_WORDS = "asr.truncated_words";

  /** As the configuration has them unless told otherwise. */
  private static final BudgetShares USUAL = new BudgetShares(0.4, 0.1, 0.4, 0.1);

  private final List<UtteranceMetric> metrics;
  private final Map<String, Integer> places = new HashMap<>();

  private UtteranceMetrics(List<UtteranceMetric> metrics) {
    this.metrics = List.copyOf(metrics);
    for (int place = 0; place < metrics.size(); place++) {
      places.put(metrics.get(place).metric().name(), place);
    }
  }

  /** All there are, with these shares of the budget. */
  public static UtteranceMetrics with(BudgetShares shares) {
    List<UtteranceMetric> metrics = new ArrayList<>(ClipMetrics.all());
    metrics.addAll(AnswerMetrics.all());
    metrics.addAll(BudgetMetrics.all(shares));
    metrics.addAll(FeedbackMetrics.all());
    return new UtteranceMetrics(metrics);
  }

  /** With the shares that are usual. */
  public static UtteranceMetrics usual() {
    return with(USUAL);
  }

  /** The name of the metric of the time that a stage takes. */
  public static String latency(Stage stage) {
    return prefix(stage) + "latency";
  }

  /** The name of the metric of those that took longer than their share, or the whole budget. */
  public static String misses(Stage stage) {
    return prefix(stage) + (stage == Stage.PIPELINE ? "budget_misses" : "share_misses");
  }

  /** The name of the metric of the finals after which users did that. */
  public static String feedback(Feedback.Kind kind) {
    return FeedbackMetrics.name(kind);
  }

  static String prefix(Stage stage) {
    return stage.name().toLowerCase(Locale.ROOT) + ".";
  }

  static Stage stageOf(String metric) {
    return Stage.valueOf(metric.substring(0, metric.indexOf('.')).toUpperCase(Locale.ROOT));
  }

  /** In order of their places. */
  public List<UtteranceMetric> all() {
    return metrics;
  }

  public int size() {
    return metrics.size();
  }

  public boolean contains(String name) {
    return places.containsKey(name);
  }

  /**
   * The place of a metric.
   *
   * @throws IllegalArgumentException if it does not come from utterance records
   */
  public int placeOf(String name) {
    Integer place = places.get(name);
    if (place == null) {
      throw new IllegalArgumentException(name + " does not come from utterance records");
    }
    return place;
  }

  /** The metric of that name; throws as {@link #placeOf}. */
  public UtteranceMetric of(String name) {
    return metrics.get(placeOf(name));
  }

  /** What a record says, by place; not a number where it does not say. */
  public double[] read(UtteranceRecord utterance) {
    double[] values = new double[metrics.size()];
    for (int place = 0; place < values.length; place++) {
      values[place] = metrics.get(place).reading().of(utterance).orElse(Double.NaN);
    }
    return values;
  }
}
