// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import halfsecond.common.error.SpeechException;
import halfsecond.monitor.record.Limits;
import halfsecond.monitor.v1.CohortLabel;
import halfsecond.monitor.v1.GetStageSummaryRequest;
import halfsecond.monitor.window.CohortKey;
import halfsecond.monitor.window.SummaryQuery;
import halfsecond.monitor.window.TimeSpan;
import halfsecond.monitor.window.WindowLayout;
import halfsecond.speech.v1.TrafficClass;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Reads what to sum up. */
final class SummaryReader {
  private static final Duration DEFAULT_SPAN = Duration.ofHours(1);
  private static final List<Double> DEFAULT_RANKS = List.of(0.5, 0.9, 0.95, 0.99);
  private static final int MOST_RANKS = 20;

  private SummaryReader() {}

  /**
   * @throws SpeechException {@code FIELD_INVALID}
   */
  static SummaryQuery query(GetStageSummaryRequest request, Instant now) {
    return new SummaryQuery(
        request.hasRange()
            ? Times.span(request.getRange())
            : new TimeSpan(now.minus(DEFAULT_SPAN), now.plus(WindowLayout.FUTURE)),
        request.getModelVersion().isEmpty()
            ? null
            : Limits.name("model_version", request.getModelVersion()),
        request.hasCohort() ? cohort(request.getCohort()) : null,
        request.getTrafficClass() == TrafficClass.TRAFFIC_CLASS_UNSPECIFIED
            ? null
            : EnumReader.trafficClass(request.getTrafficClass()),
        request.getShadow());
  }

  /** In ascending order; the usual ones if none are asked for. */
  static List<Double> ranks(GetStageSummaryRequest request) {
    List<Double> asked = ranks(request.getQuantileRanksList());
    return asked.isEmpty() ? DEFAULT_RANKS : asked;
  }

  /** In ascending order. */
  static List<Double> ranks(List<Double> asked) {
    Limits.check(asked.size() <= MOST_RANKS, "quantile_ranks", "at most 20");
    asked.forEach(rank -> Limits.between("quantile_ranks", rank, 0, 1));
    return asked.stream().sorted().toList();
  }

  static CohortKey cohort(CohortLabel proto) {
    return new CohortKey(
        EnumReader.dimension(proto.getDimension()), Limits.name("cohort.value", proto.getValue()));
  }
}
