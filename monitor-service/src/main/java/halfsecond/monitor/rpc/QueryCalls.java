// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import halfsecond.monitor.alarm.AlarmDesk;
import halfsecond.monitor.catalogue.MetricCatalogue;
import halfsecond.monitor.query.DistributionQuery;
import halfsecond.monitor.query.DistributionReader;
import halfsecond.monitor.query.Histories;
import halfsecond.monitor.query.SeriesAnswer;
import halfsecond.monitor.query.SeriesQuery;
import halfsecond.monitor.query.SeriesReader;
import halfsecond.monitor.record.Limits;
import halfsecond.monitor.reference.References;
import halfsecond.monitor.v1.CohortCount;
import halfsecond.monitor.v1.CohortLabel;
import halfsecond.monitor.v1.GetDistributionRequest;
import halfsecond.monitor.v1.GetDistributionResponse;
import halfsecond.monitor.v1.ListCohortsRequest;
import halfsecond.monitor.v1.ListCohortsResponse;
import halfsecond.monitor.v1.QuerySeriesRequest;
import halfsecond.monitor.v1.QuerySeriesResponse;
import halfsecond.monitor.window.CohortKey;
import halfsecond.monitor.window.TimeSpan;
import halfsecond.monitor.window.WindowLayout;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The methods that answer questions about metrics. */
final class QueryCalls {
  /** So that an answer stays below the 4 MiB that clients take. */
  private static final int MOST_NUMBERS = 50_000;

  private static final Duration USUAL_SPAN = Duration.ofHours(1);
  private static final String OTHER = "other";

  private final Histories histories;
  private final QueryReader reader;
  private final SeriesReader series;
  private final DistributionReader distributions;
  private final AlarmDesk alarms;
  private final InstantSource clock;

  QueryCalls(
      MetricCatalogue catalogue,
      Histories histories,
      References references,
      AlarmDesk alarms,
      InstantSource clock) {
    this.histories = histories;
    this.reader = new QueryReader(catalogue, references);
    this.series = new SeriesReader(histories);
    this.distributions = new DistributionReader(histories);
    this.alarms = alarms;
    this.clock = clock;
  }

  QuerySeriesResponse querySeries(QuerySeriesRequest request) {
    SeriesQuery query = reader.series(request);
    List<Double> ranks = SummaryReader.ranks(request.getQuantileRanksList());
    SeriesAnswer answer = series.read(query, clock.instant());
    long points = answer.lines().stream().mapToLong(line -> line.points().size()).sum();
    Limits.check(
        points * (1 + ranks.size()) <= MOST_NUMBERS,
        "step",
        "such that there are at most " + MOST_NUMBERS + " values and quantiles in all");
    return QueryWriter.series(query, answer, ranks)
        .setDeclaration(MetricWriter.write(query.metric(), histories))
        .addAllAlarms(AlarmMarks.on(query, alarms.all()))
        .build();
  }

  GetDistributionResponse getDistribution(GetDistributionRequest request) {
    DistributionQuery query = reader.distribution(request);
    List<Double> ranks = SummaryReader.ranks(request.getQuantileRanksList());
    return QueryWriter.distribution(
            query, distributions.read(query, clock.instant()), ranks, request)
        .setDeclaration(MetricWriter.write(query.metric(), histories))
        .build();
  }

  ListCohortsResponse listCohorts(ListCohortsRequest request) {
    Instant now = clock.instant();
    CohortKey.Dimension dimension = EnumReader.dimension(request.getDimension());
    TimeSpan span =
        request.hasRange()
            ? Times.span(request.getRange())
            : new TimeSpan(now.minus(USUAL_SPAN), now.plus(WindowLayout.FUTURE));
    ListCohortsResponse.Builder response = ListCohortsResponse.newBuilder();
    histories.utterances().cohorts(dimension, span, now).entrySet().stream()
        .filter(cohort -> cohort.getValue() > 0)
        .sorted(
            Comparator.<Map.Entry<String, Long>, Boolean>comparing(it -> it.getKey().equals(OTHER))
                .thenComparing(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .thenComparing(Map.Entry.comparingByKey()))
        .forEach(
            cohort ->
                response.addCohorts(
                    CohortCount.newBuilder()
                        .setCohort(
                            CohortLabel.newBuilder()
                                .setDimension(request.getDimension())
                                .setValue(cohort.getKey()))
                        .setUtteranceCount(cohort.getValue())));
    return response.build();
  }
}
