// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.reported;

import halfsecond.monitor.catalogue.TestKind;
import halfsecond.monitor.judge.ThresholdInForce;
import halfsecond.monitor.statistics.Proportion;
import halfsecond.monitor.statistics.ProportionTest;
import halfsecond.monitor.window.Aggregate;
import halfsecond.monitor.window.TimeSpan;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Whether the rate of the latest hour is what it was before: by the test of two proportions, or by
 * the control limit of a chart around what it was; and notably another one.
 */
final class RateTest implements MetricTest {
  private static final Duration JUDGED = Duration.ofHours(1);
  private static final double NOTABLE = 0.005;
  private static final long LEAST = 30;
  private static final double CONFIDENCE = 0.95;

  private final TestKind kind;

  /**
   * @param kind one of the two
   */
  RateTest(TestKind kind) {
    this.kind = kind;
  }

  @Override
  public Duration past() {
    return Samples.WEEK;
  }

  @Override
  public Defaults defaults() {
    return new Defaults(NOTABLE, Defaults.SIGNIFICANCE, LEAST, ReportedWatch.STEP);
  }

  @Override
  public Optional<Finding> judge(Samples samples, ThresholdInForce inForce) {
    TimeSpan span = samples.latest(JUDGED);
    Proportion current = proportion(samples.sum(span));
    Proportion reference =
        samples.reference(span).map(RateTest::proportion).orElse(new Proportion(0, 0));
    if (current.trials() < inForce.minimumCount() || reference.trials() < LEAST) {
      return Optional.empty();
    }
    double significance = inForce.significance();
    double notable = inForce.minimumEffect();
    ProportionTest test = ProportionTest.of(reference, current, CONFIDENCE);
    boolean unlikely =
        kind == TestKind.P_CHART
            ? beyond(reference, current, significance)
            : test.pValue() < significance;
    return Optional.of(
        new Finding(
            unlikely && Math.abs(test.difference()) >= notable,
            kind,
            span,
            current.trials(),
            reference.trials(),
            reference.rate(),
            current.rate(),
            OptionalDouble.of(ProportionTest.z(reference, current)),
            OptionalDouble.of(test.pValue()),
            test.difference(),
            Finding.RATES,
            notable));
  }

  private static boolean beyond(Proportion reference, Proportion current, double significance) {
    double base = reference.rate();
    double sigmas = NormalDistribution.of(0, 1).inverseSurvivalProbability(significance / 2);
    double upper = current.controlLimit(base, sigmas);
    return current.rate() > upper || current.rate() < base - (upper - base);
  }

  private static Proportion proportion(Aggregate sum) {
    return new Proportion(sum.events(), sum.trials());
  }
}
