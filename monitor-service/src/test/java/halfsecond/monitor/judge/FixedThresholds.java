// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import halfsecond.monitor.record.UtteranceRecord;
import halfsecond.monitor.statistics.Ecdf;
import halfsecond.monitor.statistics.KolmogorovSmirnov;
import halfsecond.monitor.statistics.PopulationStability;
import halfsecond.monitor.statistics.Proportion;
import halfsecond.monitor.statistics.ProportionTest;
import halfsecond.monitor.statistics.Wasserstein;
import halfsecond.monitor.window.CohortKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * What people have without a judge: each hour of each series beside the first day, by the rules of
 * thumb of drift tools and of alert rules. Every value counts as it is, no sketch stands between;
 * an hour with fewer than {@value #LEAST} values is passed over.
 */
final class FixedThresholds {
  private static final int LEAST = 30;
  private static final int HOURS = 24;
  private static final long HOUR_SECONDS = 3_600;
  private static final int BINS = 10;
  private static final double SIGNIFICANT = 0.05;
  private static final double FAR = 0.1;
  private static final double SIGMAS = 3;
  private static final double TIMES = 2;

  /** Groups that share nothing else than being everybody would be counted thrice. */
  private static final List<CohortKey.Dimension> DIMENSIONS =
      List.of(
          CohortKey.Dimension.APP_VERSION, CohortKey.Dimension.DEVICE, CohortKey.Dimension.REGION);

  /** One rule of thumb. */
  enum Rule {
    /** Whylogs, and Evidently up to 1,000 values. */
    SIGNIFICANCE("KS (rates: z) p < 0.05"),
    /** Evidently beyond 1,000 values. */
    DISTANCE("Wasserstein >= 0.1 sd"),
    /** The usual bounds of credit scoring. */
    STABILITY("PSI >= 0.1"),
    /** What a dashboard's alert rules hold. */
    BOUNDS("mean +-3 sigma, rate > 2x");

    private final String words;

    Rule(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  /**
   * One rule broken by one series in one hour.
   *
   * @param end of the hour
   * @param first whether the hour before was well
   */
  record Alert(Rule rule, SeriesId series, Instant end, boolean first) {}

  private final List<Watched> watchlist;
  private final Map<Group, List<Series>> groups = new LinkedHashMap<>();
  private final List<Alert> alerts = new ArrayList<>();
  private long hour = Long.MIN_VALUE;

  /** Of whom; everybody without a cohort. */
  private record Group(@Nullable CohortKey cohort) {}

  FixedThresholds(List<Watched> watchlist) {
    this.watchlist = watchlist;
  }

  /** Takes the next record, in the order of their events. */
  void add(UtteranceRecord utterance) {
    long now = Math.floorDiv(utterance.origin().eventTime().getEpochSecond(), HOUR_SECONDS);
    if (hour == Long.MIN_VALUE) {
      hour = now;
    }
    while (hour < now) {
      hour++;
      Instant end = Instant.ofEpochSecond(hour * HOUR_SECONDS);
      groups.values().forEach(all -> all.forEach(series -> series.end(end, alerts)));
    }
    OptionalDouble[] values =
        watchlist.stream()
            .map(watched -> watched.reading().of(utterance))
            .toArray(OptionalDouble[]::new);
    add(values, null);
    for (CohortKey.Dimension dimension : DIMENSIONS) {
      add(values, new CohortKey(dimension, dimension.valueOf(utterance)));
    }
  }

  /** All of a rule, in the order of time. */
  List<Alert> alerts(Rule rule) {
    return alerts.stream().filter(alert -> alert.rule() == rule).toList();
  }

  private void add(OptionalDouble[] values, @Nullable CohortKey cohort) {
    List<Series> all =
        groups.computeIfAbsent(
            new Group(cohort),
            group ->
                watchlist.stream()
                    .map(watched -> new Series(new SeriesId(watched, group.cohort())))
                    .toList());
    for (int i = 0; i < values.length; i++) {
      Series series = all.get(i);
      values[i].ifPresent(series.hour::add);
    }
  }

  /** Values that grow. */
  private static final class Values {
    private double[] values = new double[64];
    private int count;

    void add(double value) {
      if (count == values.length) {
        values = Arrays.copyOf(values, 2 * count);
      }
      values[count++] = value;
    }

    void addAll(Values others) {
      others.stream().forEach(this::add);
    }

    DoubleStream stream() {
      return Arrays.stream(values, 0, count);
    }

    void clear() {
      count = 0;
    }
  }

  /** The pinned day. */
  private record Pinned(Ecdf values, Proportion events, double mean, double sigma) {}

  private static final class Series {
    private final SeriesId id;
    private final Values hour = new Values();
    private final Values day = new Values();
    private final Values means = new Values();
    private final Set<Rule> broken = EnumSet.noneOf(Rule.class);
    private int hours;
    private @Nullable Pinned reference;

    Series(SeriesId id) {
      this.id = id;
    }

    void end(Instant end, List<Alert> alerts) {
      Pinned pinned = reference;
      if (pinned == null) {
        day.addAll(hour);
        if (hour.count >= LEAST) {
          means.add(hour.stream().average().orElse(0));
        }
        if (++hours == HOURS && day.count > 0 && means.count > 1) {
          reference = pinned();
          day.clear();
        }
      } else if (hour.count >= LEAST) {
        for (Rule rule : Rule.values()) {
          if (!breaks(rule, pinned)) {
            broken.remove(rule);
          } else {
            alerts.add(new Alert(rule, id, end, broken.add(rule)));
          }
        }
      }
      hour.clear();
    }

    private Pinned pinned() {
      double mean = means.stream().average().orElse(0);
      double squares = means.stream().map(it -> (it - mean) * (it - mean)).sum();
      return new Pinned(
          Ecdf.of(day.stream().toArray()),
          events(day),
          mean,
          Math.sqrt(squares / (means.count - 1)));
    }

    private boolean breaks(Rule rule, Pinned pinned) {
      boolean level = id.watched().kind() == Watched.Kind.LEVEL;
      Ecdf now = Ecdf.of(hour.stream().toArray());
      return switch (rule) {
        case SIGNIFICANCE ->
            (level
                    ? KolmogorovSmirnov.test(pinned.values(), now).pValue()
                    : ProportionTest.of(pinned.events(), events(hour), 0.95).pValue())
                < SIGNIFICANT;
        case DISTANCE -> Wasserstein.normalised(pinned.values(), now, id.watched().grain()) >= FAR;
        case STABILITY -> index(level, pinned, now) >= PopulationStability.NOTABLE;
        case BOUNDS ->
            level
                ? Math.abs(now.mean() - pinned.mean()) > SIGMAS * pinned.sigma()
                : now.mean() > TIMES * pinned.events().rate();
      };
    }

    private double index(boolean level, Pinned pinned, Ecdf now) {
      if (level) {
        return PopulationStability.compare(pinned.values(), now, BINS).index();
      }
      double was = pinned.events().rate();
      double is = now.mean();
      return PopulationStability.index(new double[] {was, 1 - was}, new double[] {is, 1 - is});
    }

    /** Of a rate; a level has none. */
    private Proportion events(Values of) {
      boolean rate = id.watched().kind() == Watched.Kind.RATE;
      return new Proportion(rate ? Math.round(of.stream().sum()) : 0, of.count);
    }
  }
}
