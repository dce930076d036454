// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.dashboard;

import halfsecond.monitor.v1.CohortDimension;
import halfsecond.monitor.v1.CohortLabel;
import halfsecond.monitor.v1.MetricDeclaration;
import halfsecond.monitor.v1.MetricDirection;
import halfsecond.monitor.v1.MetricKind;
import halfsecond.monitor.v1.Stage;
import java.time.Instant;
import java.util.List;

/**
 * Numbers that look like those of a pipeline: the same every time for the same moment. From {@link
 * #CHANGE_AGO_SECONDS} on one device's clips begin later and are empty more often.
 */
final class ScriptedNumbers {
  static final long CHANGE_AGO_SECONDS = 25 * 60;
  static final String DEVICE = "Pixel 9";
  static final List<String> VERSIONS = List.of("en-small@1", "en-small@2");
  static final List<String> DEVICES =
      List.of("iPhone 16", DEVICE, "Galaxy S25", "Moto G84", "Fairphone 6", "other");

  /** A metric and what it is like: its mean, and how far it strays. */
  record Metric(MetricDeclaration declaration, double mean, double spread) {}

  static final List<Metric> METRICS =
      List.of(
          metric(
              "asr.backlog",
              Stage.STAGE_ASR,
              MetricKind.METRIC_KIND_GAUGE,
              "{clip}",
              1.4,
              0.9,
              "clips that wait for a thread"),
          metric(
              "asr.confidence",
              Stage.STAGE_ASR,
              MetricKind.METRIC_KIND_DISTRIBUTION,
              "1",
              0.87,
              0.05,
              "the model's own estimate; falls with noise and with words that it does not know"),
          metric(
              "asr.cpu",
              Stage.STAGE_ASR,
              MetricKind.METRIC_KIND_GAUGE,
              "{cpu}",
              1.1,
              0.25,
              "cores that the process keeps busy"),
          metric(
              "asr.latency",
              Stage.STAGE_ASR,
              MetricKind.METRIC_KIND_DISTRIBUTION,
              "s",
              0.046,
              0.018,
              "from being told to finish to the final hypothesis"),
          metric(
              "asr.memory",
              Stage.STAGE_ASR,
              MetricKind.METRIC_KIND_GAUGE,
              "By",
              740e6,
              12e6,
              "resident memory of the process"),
          metric(
              "asr.null_transcripts",
              Stage.STAGE_ASR,
              MetricKind.METRIC_KIND_PROPORTION,
              "1",
              0.021,
              0.006,
              "finals without words, of those that recognition answered"),
          metric(
              "asr.words_per_second",
              Stage.STAGE_ASR,
              MetricKind.METRIC_KIND_DISTRIBUTION,
              "{word}/s",
              2.6,
              0.5,
              "words over the time of speech"),
          metric(
              "pipeline.budget_misses",
              Stage.STAGE_PIPELINE,
              MetricKind.METRIC_KIND_PROPORTION,
              "1",
              0.0032,
              0.002,
              "finals that came after the session's budget"),
          metric(
              "pipeline.final_latency",
              Stage.STAGE_PIPELINE,
              MetricKind.METRIC_KIND_DISTRIBUTION,
              "s",
              0.272,
              0.045,
              "from the end of speech to the final"),
          metric(
              "pipeline.level",
              Stage.STAGE_PIPELINE,
              MetricKind.METRIC_KIND_DISTRIBUTION,
              "dB",
              -24.5,
              4.2,
              "how loud clips are; moves with microphones and gain control"),
          metric(
              "pipeline.pitch",
              Stage.STAGE_PIPELINE,
              MetricKind.METRIC_KIND_DISTRIBUTION,
              "Hz",
              182,
              38,
              "median pitch of the voice; a younger population shows here first"),
          metric(
              "pipeline.utterances",
              Stage.STAGE_PIPELINE,
              MetricKind.METRIC_KIND_COUNTER,
              "{utterance}",
              11.5,
              1.4,
              "finals and refusals"),
          metric(
              "route.refused",
              Stage.STAGE_ROUTE,
              MetricKind.METRIC_KIND_COUNTER,
              "{call}",
              0.02,
              0.015,
              "calls refused because of load or limits"),
          metric(
              "vad.clip_seconds",
              Stage.STAGE_VAD,
              MetricKind.METRIC_KIND_DISTRIBUTION,
              "s",
              2.9,
              0.9,
              "length of the clip that recognition gets"),
          metric(
              "vad.leading_silence",
              Stage.STAGE_VAD,
              MetricKind.METRIC_KIND_DISTRIBUTION,
              "s",
              0.19,
              0.04,
              "audio before the first voiced frame; short when beginnings are cut off"),
          metric(
              "vad.open_streams",
              Stage.STAGE_VAD,
              MetricKind.METRIC_KIND_GAUGE,
              "{stream}",
              41,
              5,
              "streams in progress"),
          metric(
              "vad.speech_ratio",
              Stage.STAGE_VAD,
              MetricKind.METRIC_KIND_DISTRIBUTION,
              "1",
              0.71,
              0.07,
              "share of the clip's frames that are voiced"));

  private ScriptedNumbers() {}

  static Metric metric(String name) {
    return METRICS.stream()
        .filter(metric -> metric.declaration().getMetric().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(name));
  }

  static CohortLabel device(String value) {
    return CohortLabel.newBuilder()
        .setDimension(CohortDimension.COHORT_DIMENSION_DEVICE)
        .setValue(value)
        .build();
  }

  /** What a metric was at a moment, of everybody or of some. */
  static double value(Metric metric, Instant at, Instant now, String whose) {
    String name = metric.declaration().getMetric();
    double rhythm = Math.sin(at.getEpochSecond() / 13_750.0);
    double strayed =
        metric.mean() + metric.spread() * (0.22 * noise(name + whose, at) + 0.3 * rhythm);
    boolean changed = whose.equals(DEVICE) && at.isAfter(now.minusSeconds(CHANGE_AGO_SECONDS));
    double moved =
        !changed
            ? 0
            : name.equals("asr.null_transcripts")
                ? 0.05
                : name.equals("vad.leading_silence") ? -0.11 : 0;
    boolean negative = metric.mean() < 0;
    double own = whose.equals("en-small@2") && name.equals("asr.confidence") ? 0.02 : 0;
    return negative ? strayed : Math.max(0, strayed + moved + own);
  }

  /** Between -1 and 1, the same for the same name and moment. */
  static double noise(String name, Instant at) {
    long mixed =
        (name.hashCode() * 0x9E3779B97F4A7C15L) ^ (at.getEpochSecond() * 0xC2B2AE3D27D4EB4FL);
    mixed ^= mixed >>> 29;
    mixed *= 0xBF58476D1CE4E5B9L;
    mixed ^= mixed >>> 32;
    return (mixed % 1_000) / 1_000.0;
  }

  private static Metric metric(
      String name,
      Stage stage,
      MetricKind kind,
      String unit,
      double mean,
      double spread,
      String description) {
    return new Metric(
        MetricDeclaration.newBuilder()
            .setMetric(name)
            .setStage(stage)
            .setKind(kind)
            .setUnit(unit)
            .setDirection(MetricDirection.METRIC_DIRECTION_UP_IS_WORSE)
            .setDescription(
                Character.toUpperCase(description.charAt(0)) + description.substring(1) + ".")
            .setBuiltIn(true)
            .build(),
        mean,
        spread);
  }
}
