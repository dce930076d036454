// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import halfsecond.common.error.SpeechException;
import halfsecond.monitor.catalogue.Metric;
import halfsecond.monitor.catalogue.MetricCatalogue;
import halfsecond.monitor.query.DistributionQuery;
import halfsecond.monitor.query.SeriesQuery;
import halfsecond.monitor.record.Limits;
import halfsecond.monitor.reference.References;
import halfsecond.monitor.reference.StoredReference;
import halfsecond.monitor.v1.CohortLabel;
import halfsecond.monitor.v1.GetDistributionRequest;
import halfsecond.monitor.v1.QuerySeriesRequest;
import halfsecond.monitor.window.Who;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads questions about metrics. All of it throws {@code FIELD_INVALID} or {@code NOT_FOUND}. */
final class QueryReader {
  private static final int MOST_LINES = 20;
  private static final int MOST_BINS = 200;
  private static final int USUAL_BINS = 20;

  private final MetricCatalogue catalogue;
  private final References references;

  QueryReader(MetricCatalogue catalogue, References references) {
    this.catalogue = catalogue;
    this.references = references;
  }

  SeriesQuery series(QuerySeriesRequest request) {
    Metric metric = metric(request.getMetric());
    return new SeriesQuery(
        metric,
        Times.span(request.getRange()),
        request.hasStep() ? Times.duration("step", request.getStep()) : null,
        lines(request),
        reference(request.getReferenceId(), metric));
  }

  DistributionQuery distribution(GetDistributionRequest request) {
    Metric metric = metric(request.getMetric());
    Limits.check(metric.kind() == Metric.Kind.DISTRIBUTION, "metric", "of kind DISTRIBUTION");
    int bins = Limits.between("bin_count", request.getBinCount(), 0, MOST_BINS);
    return new DistributionQuery(
        metric,
        Times.span(request.getRange()),
        who(request.getModelVersion(), request.hasCohort() ? request.getCohort() : null),
        bins == 0 ? USUAL_BINS : bins,
        reference(request.getReferenceId(), metric));
  }

  /** Empty and unset for all. */
  static Who who(String modelVersion, @Nullable CohortLabel cohort) {
    return new Who(
        modelVersion.isEmpty() ? null : Limits.name("model_version", modelVersion),
        cohort == null ? null : SummaryReader.cohort(cohort));
  }

  private static List<Who> lines(QuerySeriesRequest request) {
    Limits.check(
        request.getModelVersionsCount() <= MOST_LINES, "model_versions", "at most " + MOST_LINES);
    Limits.check(request.getCohortsCount() <= MOST_LINES, "cohorts", "at most " + MOST_LINES);
    List<Who> lines = new ArrayList<>();
    for (String version : request.getModelVersionsList()) {
      Limits.check(!version.isEmpty(), "model_versions", "not empty");
      lines.add(who(version, null));
    }
    request.getCohortsList().forEach(cohort -> lines.add(who("", cohort)));
    return lines.isEmpty() ? List.of(Who.ALL) : lines;
  }

  private Metric metric(String name) {
    Limits.check(!name.isEmpty(), "metric", "set");
    return catalogue.find(name);
  }

  private @Nullable StoredReference reference(String id, Metric metric) {
    if (id.isEmpty()) {
      return null;
    }
    StoredReference stored = references.find(id);
    String only = stored.reference().metric();
    if (only != null && !only.equals(metric.name())) {
      throw SpeechException.fieldInvalid("reference_id", "a reference of this metric or of all");
    }
    return stored;
  }
}
