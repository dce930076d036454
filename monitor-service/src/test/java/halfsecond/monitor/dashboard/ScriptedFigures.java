// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.dashboard;

import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import halfsecond.monitor.dashboard.ScriptedNumbers.Metric;
import halfsecond.monitor.v1.CohortLabel;
import halfsecond.monitor.v1.Distribution;
import halfsecond.monitor.v1.Evidence;
import halfsecond.monitor.v1.GetDistributionRequest;
import halfsecond.monitor.v1.GetDistributionResponse;
import halfsecond.monitor.v1.HistogramBin;
import halfsecond.monitor.v1.InstanceReading;
import halfsecond.monitor.v1.MetricKind;
import halfsecond.monitor.v1.MetricSummary;
import halfsecond.monitor.v1.Proportion;
import halfsecond.monitor.v1.Quantile;
import halfsecond.monitor.v1.QuerySeriesRequest;
import halfsecond.monitor.v1.QuerySeriesResponse;
import halfsecond.monitor.v1.RefusalCount;
import halfsecond.monitor.v1.SampleSummary;
import halfsecond.monitor.v1.Series;
import halfsecond.monitor.v1.SeriesPoint;
import halfsecond.monitor.v1.Stage;
import halfsecond.monitor.v1.StageSummary;
import halfsecond.monitor.v1.TestKind;
import halfsecond.monitor.v1.TimeRange;
import java.time.Instant;
import java.util.List;

/** Summaries, series and distributions made of {@link ScriptedNumbers}. */
final class ScriptedFigures {
  private static final double[] SHARES = {0.31, 0.22, 0.19, 0.14, 0.08, 0.06};
  private static final List<Double> RANKS = List.of(0.5, 0.9, 0.95, 0.99);

  private ScriptedFigures() {}

  static StageSummary summary(
      Stage stage, TimeRange range, String version, CohortLabel cohort, List<Double> wanted) {
    String whose = cohort.getValue();
    double share =
        (version.isEmpty() ? 1 : version.endsWith("1") ? 0.9 : 0.1)
            * (whose.isEmpty() ? 1 : share(whose));
    long seconds =
        Math.max(
            60,
            (Timestamps.toMillis(range.getEndTime()) - Timestamps.toMillis(range.getStartTime()))
                / 1000);
    long finals = Math.round(seconds * 11.5 * share);
    double nulls =
        whose.equals(ScriptedNumbers.DEVICE) ? 0.052 : version.endsWith("2") ? 0.024 : 0.021;
    double[] latency =
        switch (stage) {
          case STAGE_VAD -> new double[] {0.2, 0.008};
          case STAGE_ROUTE -> new double[] {0.004, 0.003};
          case STAGE_ASR -> new double[] {0.046, 0.03};
          case STAGE_DELIVER -> new double[] {0.003, 0.004};
          default -> new double[] {0.262, 0.052};
        };
    List<Double> ranks = wanted.isEmpty() ? RANKS : wanted;
    StageSummary.Builder summary =
        StageSummary.newBuilder()
            .setStage(stage)
            .setModelVersion(version)
            .setCovered(range)
            .setUtteranceCount(finals + finals / 500)
            .setFinalCount(finals)
            .setRejectedCount(finals / 500)
            .setNullTranscripts(rate(nulls, finals))
            .setNoiseRejections(rate(0.004, finals))
            .setDeadlineFinals(rate(0.0021, finals))
            .setBudgetMisses(rate(0.0032, finals))
            .setShareMisses(rate(stage == Stage.STAGE_VAD ? 0.011 : 0.0009, finals))
            .setReplays(rate(0.0004, finals))
            .setLateAnswersChanged(rate(0.31, finals / 480))
            .setTruncatedWords(finals / 400)
            .setClipSeconds(spread(finals, 2.9, 1.1, ranks))
            .setLatencySeconds(spread(finals, latency[0], latency[1], ranks))
            .setTotalLatencySeconds(spread(finals, 0.262, 0.052, ranks))
            .setRealTimeFactor(spread(finals, version.endsWith("2") ? 0.037 : 0.025, 0.006, ranks))
            .setConfidence(spread(finals, version.endsWith("2") ? 0.89 : 0.87, 0.03, ranks))
            .setWordsPerSecond(spread(finals, 2.6, 0.4, ranks))
            .addRefusals(RefusalCount.newBuilder().setReason("SATURATED").setCount(finals / 500));
    if (version.isEmpty() && stage == Stage.STAGE_ASR) {
      summary
          .addMetrics(gauge("asr.cpu", range, 1.1))
          .addMetrics(gauge("asr.memory", range, 740e6));
    }
    return summary.build();
  }

  static double share(String device) {
    int at = ScriptedNumbers.DEVICES.indexOf(device);
    return at < 0 ? 0.1 : SHARES[at];
  }

  static QuerySeriesResponse series(QuerySeriesRequest request, Instant now) {
    Metric metric = ScriptedNumbers.metric(request.getMetric());
    long start = Timestamps.toMillis(request.getRange().getStartTime()) / 1000;
    long end = Timestamps.toMillis(request.getRange().getEndTime()) / 1000;
    long step = Math.max(60, (end - start) / 120 / 60 * 60);
    QuerySeriesResponse.Builder response =
        QuerySeriesResponse.newBuilder()
            .setDeclaration(metric.declaration())
            .setStep(Durations.fromSeconds(step));
    request
        .getModelVersionsList()
        .forEach(
            version ->
                response.addSeries(
                    points(metric, start, end, step, now, version, request.getQuantileRanksList())
                        .setModelVersion(version)));
    request
        .getCohortsList()
        .forEach(
            cohort ->
                response.addSeries(
                    points(
                            metric,
                            start,
                            end,
                            step,
                            now,
                            cohort.getValue(),
                            request.getQuantileRanksList())
                        .setCohort(cohort)));
    if (response.getSeriesCount() == 0) {
      response.addSeries(points(metric, start, end, step, now, "", request.getQuantileRanksList()));
    }
    ScriptedAlarms.all(now).stream()
        .filter(alarm -> alarm.getMetric().equals(request.getMetric()))
        .forEach(response::addAlarms);
    return response.build();
  }

  private static Series.Builder points(
      Metric metric,
      long start,
      long end,
      long step,
      Instant now,
      String whose,
      List<Double> ranks) {
    Series.Builder series = Series.newBuilder().setMetric(metric.declaration().getMetric());
    boolean distribution = metric.declaration().getKind() == MetricKind.METRIC_KIND_DISTRIBUTION;
    double share =
        whose.equals("en-small@1")
            ? 0.9
            : whose.equals("en-small@2") ? 0.1 : whose.isEmpty() ? 1 : share(whose);
    boolean counter = metric.declaration().getKind() == MetricKind.METRIC_KIND_COUNTER;
    for (long at = start / step * step; at + step <= end; at += step) {
      Instant time = Instant.ofEpochSecond(at);
      double value = ScriptedNumbers.value(metric, time, now, whose) * (counter ? share : 1);
      double rhythm = metric.spread() * 0.3 * Math.sin(at / 13_750.0);
      double middle = (metric.mean() + rhythm) * (counter ? share : 1);
      double width = metric.spread() * 0.3 * (counter ? share : 1);
      SeriesPoint.Builder point =
          SeriesPoint.newBuilder()
              .setStartTime(Timestamps.fromSeconds(at))
              .setCount(Math.round(11.5 * step * share))
              .setValue(value)
              .setExpectedLower(metric.mean() < 0 ? middle - width : Math.max(0, middle - width))
              .setExpectedUpper(middle + width);
      if (distribution) {
        for (double rank : ranks) {
          double tail =
              normal(rank)
                  * metric.spread()
                  * (1 + 0.2 * ScriptedNumbers.noise(whose + rank, time));
          point.addQuantiles(
              Quantile.newBuilder()
                  .setRank(rank)
                  .setValue(metric.mean() < 0 ? value + tail : Math.max(0, value + tail)));
        }
      }
      series.addPoints(point);
    }
    return series;
  }

  static GetDistributionResponse distribution(GetDistributionRequest request) {
    Metric metric = ScriptedNumbers.metric(request.getMetric());
    int bins = request.getBinCount() == 0 ? 20 : request.getBinCount();
    boolean moved = request.getMetric().equals("vad.leading_silence");
    double low =
        metric.mean() < 0
            ? metric.mean() - 3.2 * metric.spread()
            : Math.max(0, metric.mean() - 3.2 * metric.spread());
    double width = (metric.mean() + 3.4 * metric.spread() - low) / bins;
    GetDistributionResponse.Builder response =
        GetDistributionResponse.newBuilder()
            .setDeclaration(metric.declaration())
            .setCurrent(
                spread(
                    41_300,
                    metric.mean() - (moved ? 0.4 * metric.spread() : 0),
                    metric.spread(),
                    request.getQuantileRanksList()))
            .setReference(
                spread(268_000, metric.mean(), metric.spread(), request.getQuantileRanksList()));
    for (int bin = 0; bin < bins; bin++) {
      double from = low + bin * width;
      double now = bell((from + width / 2 - metric.mean()) / metric.spread());
      double second =
          moved
              ? bell(
                      (from + width / 2 - metric.mean() + 2.6 * metric.spread())
                          / (0.6 * metric.spread()))
                  / 0.6
              : now;
      double wobble = 1 + 0.06 * ScriptedNumbers.noise(request.getMetric() + bin, Instant.EPOCH);
      response.addBins(
          HistogramBin.newBuilder()
              .setLower(from)
              .setUpper(from + width)
              .setShare((0.78 * now + 0.22 * second) * width / metric.spread() * wobble)
              .setReferenceShare(now * width / metric.spread()));
    }
    double effect = moved ? 0.41 : 0.03;
    return response
        .setEvidence(
            Evidence.newBuilder()
                .setMetric(request.getMetric())
                .setStage(metric.declaration().getStage())
                .setTest(TestKind.TEST_KIND_WASSERSTEIN)
                .setCurrent(
                    SampleSummary.newBuilder()
                        .setRange(request.getRange())
                        .setCount(41_300)
                        .setDistribution(response.getCurrent()))
                .setReference(
                    SampleSummary.newBuilder()
                        .setCount(268_000)
                        .setDistribution(response.getReference()))
                .setStatistic(moved ? 0.19 : 0.012)
                .setPValue(moved ? 1e-12 : 0.31)
                .setAdjustedPValue(moved ? 2e-11 : 0.8)
                .setEffect(effect)
                .setEffectLower(effect - 0.02)
                .setEffectUpper(effect + 0.02)
                .setConfidenceLevel(0.95)
                .setEffectUnit("standard deviations")
                .setLimit(0.25)
                .setExplanation(
                    moved
                        ? "Values are 0.41 standard deviations lower than in the last seven days."
                        : "Values are where they were in the last seven days."))
        .build();
  }

  static Distribution spread(long count, double mean, double deviation, List<Double> ranks) {
    Distribution.Builder distribution =
        Distribution.newBuilder()
            .setCount(count)
            .setMean(mean)
            .setMinimum(mean - 3 * deviation)
            .setMaximum(mean + 4 * deviation);
    for (double rank : ranks) {
      double value = mean + deviation * normal(rank);
      distribution.addQuantiles(
          Quantile.newBuilder()
              .setRank(rank)
              .setValue(mean < 0 ? value : Math.max(value, mean * 0.1))
              .setRankError(0.002));
    }
    return distribution.build();
  }

  private static Proportion.Builder rate(double rate, long trials) {
    long events = Math.round(rate * trials);
    return Proportion.newBuilder()
        .setEvents(events)
        .setTrials(trials)
        .setRate(trials == 0 ? 0 : (double) events / trials);
  }

  private static MetricSummary.Builder gauge(String metric, TimeRange range, double value) {
    return MetricSummary.newBuilder()
        .setMetric(metric)
        .setSampleCount(60)
        .setValues(spread(60, value, value * 0.03, RANKS))
        .addLatest(
            InstanceReading.newBuilder()
                .setInstance("asr-0")
                .setSampleTime(range.getEndTime())
                .setValue(value))
        .addLatest(
            InstanceReading.newBuilder()
                .setInstance("asr-1")
                .setSampleTime(range.getEndTime())
                .setValue(value * 0.97));
  }

  private static double bell(double z) {
    return Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
  }

  /** The normal quantile, well enough for a picture. */
  private static double normal(double rank) {
    double odds = Math.log(rank / (1 - rank));
    return odds / 1.702;
  }
}
