// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.reported;

import halfsecond.monitor.catalogue.Metric;
import halfsecond.monitor.query.MainNumber;
import halfsecond.monitor.reference.Rolling;
import halfsecond.monitor.window.Aggregate;
import halfsecond.monitor.window.TimeSpan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * All that is kept of one metric, of everybody or one cohort.
 *
 * @param windows by their beginning
 * @param end until when they are looked at
 */
record Samples(Metric metric, NavigableMap<Instant, Aggregate> windows, Instant end) {
  /** How far the past must reach back that anything can be compared with it. */
  static final Duration LEAST_PAST = Duration.ofHours(1);

  /** A week, and the hours around it that a time is widened to. */
  static final Duration WEEK = Duration.ofDays(9);

  private static final int LEAST_DAYS = 2;
  private static final Duration HOUR = Duration.ofHours(1);
  private static final double NANOS = 1e9;

  /** What was measured in the time before the end. */
  TimeSpan latest(Duration length) {
    return new TimeSpan(end.minus(length), end);
  }

  Aggregate sum(TimeSpan span) {
    Aggregate sum = new Aggregate();
    windows.subMap(span.start(), span.end()).values().forEach(sum::merge);
    return sum;
  }

  /** Samples, trials or values. */
  long count(Aggregate sum) {
    return MainNumber.count(metric.kind(), sum);
  }

  /** Since when there are any. */
  Instant began() {
    return windows.firstKey();
  }

  /**
   * The metric's main number; not a number without samples, of which a counter has none to tell.
   */
  double number(Aggregate sum, TimeSpan span) {
    if (metric.kind() == Metric.Kind.COUNTER && count(sum) == 0) {
      return 0;
    }
    return MainNumber.of(
        metric.kind(), sum, Duration.between(span.start(), span.end()).toNanos() / NANOS);
  }

  /**
   * What a time is to be compared with: the same hours of the week before, if two days of it have
   * samples; else all that was before, if that is enough.
   */
  Optional<Aggregate> reference(TimeSpan span) {
    List<Aggregate> days =
        Rolling.SAME_HOURS.before(span, HOUR).stream()
            .map(this::sum)
            .filter(it -> count(it) > 0)
            .toList();
    if (days.size() >= LEAST_DAYS) {
      Aggregate all = new Aggregate();
      days.forEach(all::merge);
      return Optional.of(all);
    }
    NavigableMap<Instant, Aggregate> past = windows.headMap(span.start(), false);
    if (past.isEmpty()
        || Duration.between(past.firstKey(), span.start()).compareTo(LEAST_PAST) < 0) {
      return Optional.empty();
    }
    Aggregate all = new Aggregate();
    past.values().forEach(all::merge);
    return count(all) == 0 ? Optional.empty() : Optional.of(all);
  }
}
