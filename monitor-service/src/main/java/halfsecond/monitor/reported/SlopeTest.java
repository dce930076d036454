// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.reported;

import halfsecond.monitor.catalogue.TestKind;
import halfsecond.monitor.judge.ThresholdInForce;
import halfsecond.monitor.window.Aggregate;
import halfsecond.monitor.window.TimeSpan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Whether a metric keeps growing or falling, as a leak does: by the means of the last four to seven
 * days, which know no rhythm of the day. Each must be beyond the one before by a good part of what
 * it is on average, so a jump is no slope; and the line through them must rise or fall notably.
 */
final class SlopeTest implements MetricTest {
  private static final int LEAST_DAYS = 4;
  private static final int MOST_DAYS = 7;
  private static final double NOTABLE = 0.2;
  private static final Duration DAY = Duration.ofDays(1);

  /** Of the mean step from day to day: what each must be. */
  private static final double STEADY = 0.25;

  private static final double TINY = 1e-12;

  /** Oldest first. */
  private record Days(List<Double> numbers, List<Long> counts) {
    Days latest(int n) {
      int size = numbers.size();
      return new Days(numbers.subList(size - n, size), counts.subList(size - n, size));
    }

    long count() {
      return counts.stream().mapToLong(it -> it).sum();
    }
  }

  @Override
  public Duration past() {
    return Samples.WEEK;
  }

  @Override
  public Defaults defaults() {
    return new Defaults(NOTABLE, 0, 1, Duration.ZERO);
  }

  @Override
  public Optional<Finding> judge(Samples samples, ThresholdInForce inForce) {
    Days days = days(samples);
    double notable = inForce.minimumEffect();
    Finding finding = null;
    // What grows since four days was level before.
    for (int n = days.numbers().size(); n >= LEAST_DAYS; n--) {
      finding = finding(samples, days.latest(n), notable);
      if (finding.outside()) {
        break;
      }
    }
    return Optional.ofNullable(finding);
  }

  private static Finding finding(Samples samples, Days days, double notable) {
    int n = days.numbers().size();
    double mean = days.numbers().stream().mapToDouble(it -> it).average().orElseThrow();
    double slope = slope(days.numbers(), mean);
    double grown = slope * (n - 1) / Math.max(TINY, Math.abs(mean));
    return new Finding(
        Math.abs(grown) >= notable && steady(days.numbers()),
        TestKind.SLOPE,
        samples.latest(DAY.multipliedBy(n)),
        days.count(),
        0,
        days.numbers().get(0),
        days.numbers().get(n - 1),
        OptionalDouble.of(slope),
        OptionalDouble.empty(),
        grown,
        Finding.SHARE,
        notable);
  }

  /** Back to the first day without samples. */
  private static Days days(Samples samples) {
    List<Double> numbers = new ArrayList<>();
    List<Long> counts = new ArrayList<>();
    Instant end = samples.end();
    while (numbers.size() < MOST_DAYS) {
      TimeSpan day = new TimeSpan(end.minus(DAY), end);
      Aggregate sum = samples.sum(day);
      if (samples.count(sum) == 0 || samples.windows().firstKey().isAfter(day.start())) {
        break;
      }
      numbers.add(samples.number(sum, day));
      counts.add(samples.count(sum));
      end = day.start();
    }
    Collections.reverse(numbers);
    Collections.reverse(counts);
    return new Days(numbers, counts);
  }

  /** A day, by least squares. */
  private static double slope(List<Double> numbers, double mean) {
    double middle = (numbers.size() - 1) / 2.0;
    double products = 0;
    double squares = 0;
    for (int i = 0; i < numbers.size(); i++) {
      products += (i - middle) * (numbers.get(i) - mean);
      squares += (i - middle) * (i - middle);
    }
    return products / squares;
  }

  private static boolean steady(List<Double> numbers) {
    double all = numbers.get(numbers.size() - 1) - numbers.get(0);
    double least = STEADY * all / (numbers.size() - 1);
    for (int i = 1; i < numbers.size(); i++) {
      double step = numbers.get(i) - numbers.get(i - 1);
      if (all > 0 ? step < least : step > least) {
        return false;
      }
    }
    return true;
  }
}
