// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.query;

import halfsecond.monitor.catalogue.Metric;
import halfsecond.monitor.reference.Reference;
import halfsecond.monitor.reference.Rolling;
import halfsecond.monitor.reference.StoredReference;
import halfsecond.monitor.window.Aggregate;
import halfsecond.monitor.window.TimeSpan;
import halfsecond.monitor.window.Who;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/**
 * What the steps of one line are set beside: for each step the same hours of days before, or always
 * the same stored time. Not safe for use by several threads.
 */
final class Baseline {
  /** A single day does not tell how much days differ. */
  private static final int LEAST_DAYS = 2;

  private static final Duration LONGEST_STEP = Duration.ofDays(1);

  private final Metric.Kind kind;
  private final Duration hour;
  private final Rolling rolling;
  private final NavigableMap<Instant, Aggregate> history;
  private final Map<TimeSpan, Days> days = new HashMap<>();
  private final Variation variation;
  private final StoredReference.@Nullable Sum pinned;

  private record Days(List<Aggregate> known, double seconds) {}

  private Baseline(
      Metric.Kind kind,
      Duration hour,
      Rolling rolling,
      NavigableMap<Instant, Aggregate> history,
      StoredReference.@Nullable Sum pinned) {
    this.kind = kind;
    this.hour = hour;
    this.rolling = rolling;
    this.history = history;
    this.pinned = pinned;
    this.variation = new Variation(kind);
  }

  /**
   * Reads what is needed.
   *
   * @param grid of the steps that will be asked for
   */
  static Baseline of(Histories histories, SeriesQuery query, Who who, Grid grid, Instant now) {
    StoredReference stored = query.reference();
    Metric metric = query.metric();
    Duration hour = histories.layout().widest();
    Rolling rolling = Rolling.SAME_HOURS;
    Who whose = who;
    if (stored != null) {
      whose = whose(stored.reference(), who);
      if (stored.reference().window() instanceof Reference.Moving moving) {
        rolling = moving.rolling();
      } else {
        StoredReference.Sum sum = stored.sums().get(metric.name());
        return new Baseline(metric.kind(), hour, rolling, Collections.emptyNavigableMap(), sum);
      }
    }
    Instant from = grid.span().start().minus(Duration.ofDays(9));
    TimeSpan span = new TimeSpan(from, grid.span().end());
    return new Baseline(metric.kind(), hour, rolling, histories.of(metric, whose, span, now), null);
  }

  /** What a reference says about whom, else who was asked for. */
  static Who whose(Reference reference, Who asked) {
    Who its = reference.who();
    return its.modelVersion() == null && its.cohort() == null ? asked : its;
  }

  /**
   * Must be called for each step before the first {@link #band}: how much days differ is known from
   * all of them.
   */
  void prepare(TimeSpan step) {
    if (pinned == null && !tooLong(step)) {
      days(step);
    }
  }

  /** Null if it is not known. */
  @Nullable Band band(TimeSpan step, Aggregate sum, double seconds) {
    StoredReference.Sum stored = pinned;
    if (stored != null) {
      Band.Base base = new Band.Base(stored.aggregate(), 1, stored.seconds());
      return Band.of(kind, base, stored.variance(), sum, seconds);
    }
    if (tooLong(step)) {
      return null;
    }
    Days before = days(step);
    int least = rolling == Rolling.SAME_HOURS || rolling == Rolling.LAST_WEEK ? LEAST_DAYS : 1;
    if (before.known().size() < least) {
      return null;
    }
    Aggregate all = new Aggregate();
    before.known().forEach(all::merge);
    int times = before.known().size();
    return Band.of(
        kind,
        new Band.Base(all, times, before.seconds() * times),
        variation.variance(),
        sum,
        seconds);
  }

  private boolean tooLong(TimeSpan step) {
    return Duration.between(step.start(), step.end()).compareTo(LONGEST_STEP) > 0;
  }

  private Days days(TimeSpan step) {
    List<TimeSpan> spans = rolling.before(step, hour);
    TimeSpan latest = spans.get(0);
    Days known = days.get(latest);
    if (known == null) {
      known =
          new Days(
              spans.stream().map(this::sum).filter(it -> MainNumber.count(kind, it) > 0).toList(),
              Duration.between(latest.start(), latest.end()).toSeconds());
      days.put(latest, known);
      variation.add(known.known(), known.seconds());
    }
    return known;
  }

  private Aggregate sum(TimeSpan span) {
    Aggregate sum = new Aggregate();
    history.subMap(span.start(), span.end()).values().forEach(sum::merge);
    return sum;
  }
}
