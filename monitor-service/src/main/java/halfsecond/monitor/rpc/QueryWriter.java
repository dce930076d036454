// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import com.google.protobuf.util.Durations;
import halfsecond.monitor.catalogue.TestKind;
import halfsecond.monitor.query.Band;
import halfsecond.monitor.query.Comparison;
import halfsecond.monitor.query.DistributionAnswer;
import halfsecond.monitor.query.DistributionQuery;
import halfsecond.monitor.query.SeriesAnswer;
import halfsecond.monitor.query.SeriesQuery;
import halfsecond.monitor.v1.CohortLabel;
import halfsecond.monitor.v1.Evidence;
import halfsecond.monitor.v1.GetDistributionRequest;
import halfsecond.monitor.v1.GetDistributionResponse;
import halfsecond.monitor.v1.HistogramBin;
import halfsecond.monitor.v1.QuerySeriesResponse;
import halfsecond.monitor.v1.SampleSummary;
import halfsecond.monitor.v1.Series;
import halfsecond.monitor.v1.SeriesPoint;
import halfsecond.monitor.window.CohortKey;
import halfsecond.monitor.window.TimeSpan;
import halfsecond.monitor.window.Who;
import java.util.List;

/** Writes answers to questions about metrics. */
final class QueryWriter {
  private QueryWriter() {}

  static QuerySeriesResponse.Builder series(
      SeriesQuery query, SeriesAnswer answer, List<Double> ranks) {
    QuerySeriesResponse.Builder response =
        QuerySeriesResponse.newBuilder().setStep(Durations.fromSeconds(answer.step().toSeconds()));
    for (SeriesAnswer.Line line : answer.lines()) {
      Series.Builder series = Series.newBuilder().setMetric(query.metric().name());
      Who who = line.who();
      if (who.modelVersion() != null) {
        series.setModelVersion(who.modelVersion());
      }
      if (who.cohort() != null) {
        series.setCohort(cohort(who.cohort()));
      }
      line.points().forEach(point -> series.addPoints(point(point, ranks)));
      response.addSeries(series);
    }
    return response;
  }

  static GetDistributionResponse.Builder distribution(
      DistributionQuery query,
      DistributionAnswer answer,
      List<Double> ranks,
      GetDistributionRequest request) {
    GetDistributionResponse.Builder response =
        GetDistributionResponse.newBuilder()
            .setCurrent(Figures.distribution(answer.current(), ranks));
    boolean referred = answer.reference().count() > 0;
    if (referred) {
      response.setReference(Figures.distribution(answer.reference(), ranks));
    }
    for (DistributionAnswer.Bin bin : answer.bins()) {
      HistogramBin.Builder written =
          HistogramBin.newBuilder()
              .setLower(bin.lower())
              .setUpper(bin.upper())
              .setShare(bin.share());
      if (referred) {
        written.setReferenceShare(bin.referenceShare());
      }
      response.addBins(written);
    }
    Comparison comparison = answer.comparison();
    TimeSpan before = answer.referenceSpan();
    if (comparison != null && before != null) {
      SampleSummary.Builder current = summary(query.who(), query.span(), answer.current().count());
      SampleSummary.Builder reference =
          summary(query.who(), before, answer.reference().count())
              .setReferenceId(request.getReferenceId());
      response.setEvidence(
          evidence(query, comparison)
              .setExplanation(
                  comparison.sentence(answer.reference(), answer.current(), unit(query)))
              .setCurrent(current)
              .setReference(reference));
    }
    return response;
  }

  static CohortLabel cohort(CohortKey key) {
    return CohortLabel.newBuilder()
        .setDimension(MetricWriter.dimension(key.dimension()))
        .setValue(key.value())
        .build();
  }

  private static SeriesPoint point(SeriesAnswer.Point point, List<Double> ranks) {
    SeriesPoint.Builder written =
        SeriesPoint.newBuilder()
            .setStartTime(Times.timestamp(point.start()))
            .setCount(point.count())
            .setValue(point.value())
            .addAllQuantiles(Figures.quantiles(point.values(), ranks));
    Band band = point.band();
    return band == null
        ? written.build()
        : written.setExpectedLower(band.lower()).setExpectedUpper(band.upper()).build();
  }

  private static Evidence.Builder evidence(DistributionQuery query, Comparison comparison) {
    return Evidence.newBuilder()
        .setMetric(query.metric().name())
        .setStage(MetricWriter.stage(query.metric().stage()))
        .setTest(MetricWriter.test(TestKind.KOLMOGOROV_SMIRNOV))
        .setStatistic(comparison.distance())
        .setPValue(comparison.pValue())
        .setEffect(comparison.effect())
        .setEffectUnit("standard deviations")
        .setConfidenceLevel(1 - Comparison.SIGNIFICANCE)
        .setLimit(Comparison.NOTABLE);
  }

  private static SampleSummary.Builder summary(Who who, TimeSpan span, long count) {
    SampleSummary.Builder summary =
        SampleSummary.newBuilder().setRange(Times.range(span)).setCount(count);
    if (who.modelVersion() != null) {
      summary.setModelVersion(who.modelVersion());
    }
    if (who.cohort() != null) {
      summary.setCohort(cohort(who.cohort()));
    }
    return summary;
  }

  private static String unit(DistributionQuery query) {
    String unit = query.metric().unit();
    return unit.equals("1") ? "" : " " + unit.replaceAll("[{}]", "");
  }
}
