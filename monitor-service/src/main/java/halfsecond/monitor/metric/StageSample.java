// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.metric;

import halfsecond.monitor.catalogue.Metric;
import halfsecond.monitor.record.Limits;
import halfsecond.monitor.window.Aggregate;
import halfsecond.monitor.window.Who;
import java.time.Instant;
import java.util.List;

/**
 * One report of one metric.
 *
 * @param metric its name
 * @param who it is about, as far as it says
 */
public record StageSample(String metric, Instant time, Who who, Value value) {
  /** What was measured; the kind says for which metrics. */
  public sealed interface Value {
    Metric.Kind kind();

    void addTo(Aggregate aggregate);

    /** One number for it: the amount, the level, the share, the mean. */
    double typical();
  }

  /** What was added since the sample before. */
  public record Increment(double amount) implements Value {
    public Increment {
      Limits.between("increment", amount, 0, Double.MAX_VALUE);
    }

    @Override
    public Metric.Kind kind() {
      return Metric.Kind.COUNTER;
    }

    @Override
    public void addTo(Aggregate aggregate) {
      aggregate.increment(amount);
    }

    @Override
    public double typical() {
      return amount;
    }
  }

  /** A level. */
  public record Reading(double level) implements Value {
    public Reading {
      Limits.between("reading", level, -Double.MAX_VALUE, Double.MAX_VALUE);
    }

    @Override
    public Metric.Kind kind() {
      return Metric.Kind.GAUGE;
    }

    @Override
    public void addTo(Aggregate aggregate) {
      aggregate.measured(level);
    }

    @Override
    public double typical() {
      return level;
    }
  }

  /** How many of how many since the sample before. */
  public record Share(long events, long trials) implements Value {
    public Share {
      Limits.check(trials >= 0 && trials <= MOST_TRIALS, "proportion.trials", "0 to 10^12");
      Limits.check(events >= 0 && events <= trials, "proportion.events", "0 to trials");
    }

    @Override
    public Metric.Kind kind() {
      return Metric.Kind.PROPORTION;
    }

    @Override
    public void addTo(Aggregate aggregate) {
      aggregate.share(events, trials);
    }

    @Override
    public double typical() {
      return trials == 0 ? 0 : (double) events / trials;
    }
  }

  /** Single measurements, 1 to 1000. */
  public record Measurements(List<Double> values) implements Value {
    public Measurements {
      Limits.check(
          !values.isEmpty() && values.size() <= MOST_VALUES,
          "measurements.values",
          "1 to 1000 values");
      values.forEach(
          value ->
              Limits.between("measurements.values", value, -Double.MAX_VALUE, Double.MAX_VALUE));
      values = List.copyOf(values);
    }

    @Override
    public Metric.Kind kind() {
      return Metric.Kind.DISTRIBUTION;
    }

    @Override
    public void addTo(Aggregate aggregate) {
      aggregate.measured(values);
    }

    @Override
    public double typical() {
      return values.stream().mapToDouble(it -> it).average().orElse(0);
    }
  }

  private static final int MOST_VALUES = 1_000;

  /** So that sums of them stay whole. */
  private static final long MOST_TRIALS = 1_000_000_000_000L;
}
