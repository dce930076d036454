// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.reported;

import halfsecond.monitor.catalogue.TestKind;
import halfsecond.monitor.judge.ThresholdInForce;
import halfsecond.monitor.query.Comparison;
import halfsecond.monitor.sketch.BinnedSketch;
import halfsecond.monitor.statistics.PopulationStability;
import halfsecond.monitor.window.Aggregate;
import halfsecond.monitor.window.TimeSpan;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Whether the values of the latest hour are spread as before; effect and significance together, by
 * Kolmogorov and Smirnov with Wasserstein's distance, or by the population stability index with the
 * limit of its sample sizes. Takes values for independent of one another.
 */
final class DistributionTest implements MetricTest {
  private static final Duration JUDGED = Duration.ofHours(1);
  private static final long LEAST = 30;

  private final TestKind kind;

  /**
   * @param kind one of the three
   */
  DistributionTest(TestKind kind) {
    this.kind = kind;
  }

  @Override
  public Duration past() {
    return Samples.WEEK;
  }

  @Override
  public Defaults defaults() {
    double effect =
        kind == TestKind.POPULATION_STABILITY ? PopulationStability.NOTABLE : Comparison.NOTABLE;
    return new Defaults(effect, Defaults.SIGNIFICANCE, LEAST, ReportedWatch.STEP);
  }

  @Override
  public Optional<Finding> judge(Samples samples, ThresholdInForce inForce) {
    TimeSpan span = samples.latest(JUDGED);
    BinnedSketch current = samples.sum(span).values();
    BinnedSketch reference =
        samples.reference(span).map(Aggregate::values).orElseGet(BinnedSketch::new);
    if (current.count() < inForce.minimumCount() || reference.count() < LEAST) {
      return Optional.empty();
    }
    double significance = inForce.significance();
    double notable = inForce.minimumEffect();
    Comparison comparison = Comparison.of(reference, current, significance);
    return Optional.of(
        kind == TestKind.POPULATION_STABILITY
            ? stability(comparison, span, reference, current, notable)
            : distance(comparison, span, reference, current, notable, significance));
  }

  private Finding distance(
      Comparison comparison,
      TimeSpan span,
      BinnedSketch reference,
      BinnedSketch current,
      double notable,
      double significance) {
    return new Finding(
        Math.abs(comparison.effect()) >= notable && comparison.pValue() < significance,
        kind,
        span,
        current.count(),
        reference.count(),
        reference.mean(),
        current.mean(),
        OptionalDouble.of(
            kind == TestKind.WASSERSTEIN ? Math.abs(comparison.effect()) : comparison.distance()),
        OptionalDouble.of(comparison.pValue()),
        comparison.effect(),
        Finding.DEVIATIONS,
        notable);
  }

  private Finding stability(
      Comparison comparison,
      TimeSpan span,
      BinnedSketch reference,
      BinnedSketch current,
      double notable) {
    double limit = Math.max(notable, comparison.stabilityLimit());
    return new Finding(
        comparison.stability() >= limit,
        kind,
        span,
        current.count(),
        reference.count(),
        reference.mean(),
        current.mean(),
        OptionalDouble.of(comparison.stability()),
        OptionalDouble.empty(),
        Math.copySign(comparison.stability(), comparison.effect()),
        Finding.INDEX,
        limit);
  }
}
