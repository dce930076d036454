// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.reported;

import halfsecond.monitor.catalogue.TestKind;
import halfsecond.monitor.judge.ThresholdInForce;
import halfsecond.monitor.window.TimeSpan;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Whether a metric that was reported in each step of half an hour before is not reported any more.
 */
final class SilenceTest implements MetricTest {
  /** As far as single minutes are told apart at least. */
  private static final Duration SEEN = Duration.ofMinutes(30);

  private @Nullable Instant since;

  @Override
  public Duration past() {
    return SEEN.plus(ReportedWatch.STEP);
  }

  @Override
  public Defaults defaults() {
    return new Defaults(0, 0, 1, ReportedWatch.STEP);
  }

  @Override
  public Optional<Finding> judge(Samples samples, ThresholdInForce inForce) {
    TimeSpan step = samples.latest(ReportedWatch.STEP);
    long count = samples.count(samples.sum(step));
    TimeSpan before = new TimeSpan(step.start().minus(SEEN), step.start());
    if (count > 0) {
      since = null;
    } else if (since == null) {
      if (!steady(samples, before)) {
        return Optional.empty();
      }
      since = step.start();
    }
    Instant silent = since;
    return Optional.of(
        new Finding(
            silent != null,
            TestKind.NO_DATA,
            silent == null ? step : new TimeSpan(silent, samples.end()),
            count,
            0,
            0,
            0,
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            silent == null ? 0 : -1,
            Finding.SHARE,
            -1));
  }

  private static boolean steady(Samples samples, TimeSpan hour) {
    for (TimeSpan step = first(hour);
        !step.end().isAfter(hour.end());
        step = new TimeSpan(step.end(), step.end().plus(ReportedWatch.STEP))) {
      if (samples.count(samples.sum(step)) == 0) {
        return false;
      }
    }
    return true;
  }

  private static TimeSpan first(TimeSpan hour) {
    return new TimeSpan(hour.start(), hour.start().plus(ReportedWatch.STEP));
  }
}
