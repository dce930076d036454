// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.reported;

import halfsecond.monitor.catalogue.Metric;
import halfsecond.monitor.catalogue.TestKind;
import halfsecond.monitor.judge.ThresholdInForce;
import halfsecond.monitor.statistics.Adwin;
import halfsecond.monitor.statistics.ChangeDetector;
import halfsecond.monitor.statistics.Cusum;
import halfsecond.monitor.statistics.PageHinkley;
import halfsecond.monitor.window.Aggregate;
import halfsecond.monitor.window.TimeSpan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Whether the minutes of a metric have changed for good: by cumulative sums, Page and Hinkley's
 * test to both sides, or an adaptive window, each over the metric's number in every minute, in
 * standard deviations of its first hour. A change that lasts a day is what is expected from then
 * on. Finds sudden changes within minutes; takes a rhythm of the day for changes.
 */
final class SequentialTest implements MetricTest {
  /** Minutes that a metric is learned from. */
  static final int LEARNED = 60;

  private static final int RECENT = 10;
  private static final double NOTABLE = 0.5;

  /**
   * Of Page and Hinkley's sums. With independent minutes they pass the limit by chance about once
   * in a million, exp(-2 tolerance limit) a run.
   */
  private static final double TOLERANCE = 0.25;

  private static final double LIMIT = 25;

  /** Numbers that hardly vary must not become certain of a trifle. */
  private static final double LEAST_DEVIATION = 0.01;

  private static final double TINY = 1e-9;
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration TOLD_APART = Duration.ofMinutes(30);
  private static final Duration NEW_NORMAL = Duration.ofDays(1);

  private final TestKind kind;
  private final Deque<Double> recent = new ArrayDeque<>();
  private final Deque<Double> learning = new ArrayDeque<>();
  private @Nullable Known known;
  private Instant seen = Instant.MIN;
  private @Nullable Instant changed;
  private @Nullable Instant began;

  private record Known(double mean, double deviation, List<ChangeDetector> detectors) {
    /** Whether a change is certain with it. */
    boolean add(double number) {
      double off = (number - mean) / deviation;
      boolean certain = detectors.get(0).add(off);
      for (ChangeDetector other : detectors.subList(1, detectors.size())) {
        certain |= other.add(-off);
      }
      return certain;
    }
  }

  /**
   * @param kind one of the three
   */
  SequentialTest(TestKind kind) {
    this.kind = kind;
  }

  @Override
  public Duration past() {
    return TOLD_APART;
  }

  @Override
  public Defaults defaults() {
    return new Defaults(NOTABLE, 0, 1, Duration.ZERO);
  }

  @Override
  public Optional<Finding> judge(Samples samples, ThresholdInForce inForce) {
    take(samples);
    Known normal = known;
    TimeSpan span = samples.latest(Duration.ofMinutes(RECENT));
    Aggregate sum = samples.sum(span);
    boolean counter = samples.metric().kind() == Metric.Kind.COUNTER;
    if (normal == null || recent.isEmpty() || (samples.count(sum) == 0 && !counter)) {
      return Optional.empty();
    }
    double mean = recent.stream().mapToDouble(it -> it).average().orElseThrow();
    double effect = (mean - normal.mean()) / normal.deviation();
    double notable = inForce.minimumEffect();
    Instant since = changed;
    if (since != null && Math.abs(effect) < notable) {
      changed = null;
    } else if (since != null && !samples.end().isBefore(since.plus(NEW_NORMAL))) {
      forget();
    }
    return Optional.of(
        new Finding(
            changed != null,
            kind,
            span,
            samples.count(sum),
            LEARNED,
            normal.mean(),
            mean,
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            effect,
            Finding.DEVIATIONS,
            notable));
  }

  /** The minutes since the last look, as far as minutes are still told apart. */
  private void take(Samples samples) {
    Instant told = samples.end().minus(TOLD_APART);
    Instant start = seen.isBefore(told) ? told : seen;
    for (; start.isBefore(samples.end()); start = start.plus(MINUTE)) {
      TimeSpan minute = new TimeSpan(start, start.plus(MINUTE));
      Aggregate sum = samples.sum(minute);
      boolean counted = samples.metric().kind() == Metric.Kind.COUNTER && counts(samples, minute);
      if (counted || samples.count(sum) > 0) {
        take(samples.number(sum, minute), minute.end());
      }
    }
    seen = samples.end();
  }

  /** Before the first minute there is nothing to count, and that one is not whole. */
  private boolean counts(Samples samples, TimeSpan minute) {
    if (began == null && !samples.windows().isEmpty()) {
      began = samples.began();
    }
    return began != null && minute.start().isAfter(began);
  }

  private void take(double number, Instant at) {
    recent.addLast(number);
    if (recent.size() > RECENT) {
      recent.removeFirst();
    }
    Known normal = known;
    if (normal == null) {
      learn(number);
    } else if (normal.add(number) && changed == null) {
      changed = at;
    }
  }

  private void learn(double number) {
    learning.addLast(number);
    if (learning.size() == LEARNED) {
      double mean = learning.stream().mapToDouble(it -> it).average().orElseThrow();
      double squares = learning.stream().mapToDouble(it -> (it - mean) * (it - mean)).sum();
      double deviation =
          Math.max(
              Math.sqrt(squares / (LEARNED - 1)), Math.max(TINY, LEAST_DEVIATION * Math.abs(mean)));
      known = new Known(mean, deviation, detectors());
      learning.clear();
    }
  }

  private List<ChangeDetector> detectors() {
    return switch (kind) {
      case CUSUM -> List.of(Cusum.of(0, 1));
      case PAGE_HINKLEY ->
          List.of(new PageHinkley(TOLERANCE, LIMIT), new PageHinkley(TOLERANCE, LIMIT));
      case ADWIN -> List.of(new Adwin());
      default -> throw new IllegalArgumentException(kind + " does not go minute by minute");
    };
  }

  private void forget() {
    known = null;
    changed = null;
  }
}
