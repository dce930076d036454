// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.reported;

import halfsecond.monitor.catalogue.Metric;
import halfsecond.monitor.catalogue.TestKind;
import halfsecond.monitor.judge.ThresholdInForce;
import halfsecond.monitor.window.Aggregate;
import halfsecond.monitor.window.TimeSpan;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/** Whether the latest step is beyond a limit that somebody set, or that is built in. */
final class LimitTest implements MetricTest {
  /** Who was not heard for so long is not counted as silent. */
  private static final Duration HEARD = Duration.ofHours(1);

  private final OptionalDouble builtIn;

  /**
   * @param builtIn upper limit of a metric that has one unless somebody sets another
   */
  LimitTest(OptionalDouble builtIn) {
    this.builtIn = builtIn;
  }

  @Override
  public Duration past() {
    return HEARD;
  }

  @Override
  public Defaults defaults() {
    return new Defaults(0, 0, 1, Duration.ZERO, builtIn.isEmpty() ? null : builtIn.getAsDouble());
  }

  @Override
  public Optional<Finding> judge(Samples samples, ThresholdInForce inForce) {
    TimeSpan step = samples.latest(ReportedWatch.STEP);
    Aggregate sum = samples.sum(step);
    Double upper = inForce.upperLimit();
    Double lower = inForce.lowerLimit();
    // Who counts may say nothing when there is nothing to count.
    boolean none = samples.metric().kind() == Metric.Kind.COUNTER && !samples.windows().isEmpty();
    boolean told = samples.count(sum) > 0 || none;
    if ((upper == null && lower == null) || !told) {
      return Optional.empty();
    }
    double value = samples.number(sum, step);
    boolean above = upper != null && value > upper;
    boolean below = lower != null && value < lower;
    double limit = below || upper == null ? (lower == null ? 0 : lower) : upper;
    return Optional.of(
        new Finding(
            above || below,
            TestKind.FIXED_LIMIT,
            step,
            samples.count(sum),
            0,
            0,
            value,
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            value - limit,
            Finding.AS_MEASURED,
            limit));
  }
}
