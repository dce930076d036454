// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import halfsecond.monitor.statistics.LikelihoodRatio;
import halfsecond.monitor.statistics.Proportion;
import halfsecond.monitor.statistics.ProportionTest;
import java.time.Instant;

/** Of events: how much likelier each outcome is with the rate changed than with it as it was. */
final class RateYardstick implements Yardstick {
  /** A rate is never so small that its events are no surprise at all. */
  private static final double LEAST_RATE = 1e-4;

  private static final double MOST_RATE = 0.9;

  /** However large the change that is looked for: a few events prove nothing. */
  private static final double LEAST_RUN = 5;

  /** No change of a rate smaller than this is worth an alarm. */
  private static final double LEAST_DIFFERENCE = 0.005;

  private static final double CONFIDENCE = 0.99;
  private static final int BLOCK = 1_000;

  private final Watched watched;
  private final Pace pace;
  private final Reference reference;
  private final double ordinary;

  RateYardstick(Watched watched, Pace pace, Reference reference) {
    this.watched = watched;
    this.pace = pace;
    this.reference = reference;
    ordinary = ORDINARY * reference.dayDeviation();
  }

  @Override
  public double expected(Instant at) {
    return reference.expected(at);
  }

  @Override
  public double rise(double value, Instant at) {
    double base = base(at);
    return LikelihoodRatio.log(value > 0, base, Math.min(MOST_RATE, more(base)));
  }

  @Override
  public double fall(double value, Instant at) {
    double base = base(at);
    double less = Math.max(base / 2, base * base / more(base));
    return LikelihoodRatio.log(value > 0, base, less);
  }

  @Override
  public double limit(Instant at) {
    double base = base(at);
    // As of a level, in likelihood ratios, where 2 k is the difference in standard deviations.
    double shift = (more(base) - base) / Math.sqrt(base * (1 - base));
    double run = pace.certainty() + Math.log(shift * shift / 2);
    return reference.inflation() * Math.max(LEAST_RUN, run);
  }

  private double base(Instant at) {
    return Math.max(LEAST_RATE, reference.expected(at));
  }

  private double more(double base) {
    return Math.max(Math.max(base * watched.notable(), ordinary), LEAST_DIFFERENCE) + base;
  }

  @Override
  public double effect(double before, double after) {
    return after - before;
  }

  @Override
  public int block() {
    return BLOCK;
  }

  @Override
  public long referenceCount() {
    return reference.count();
  }

  @Override
  public Comparison compare(RecentDay.Values latest) {
    long count = latest.count();
    Proportion was =
        new Proportion(Math.round(reference.mean() * reference.count()), reference.count());
    Proportion is = new Proportion(Math.round(latest.sum()), count);
    ProportionTest test = ProportionTest.of(was, is, CONFIDENCE);
    double notable = Math.max(LEAST_DIFFERENCE, reference.mean() * watched.notable() * SLOW);
    return new Comparison(
        count,
        reference.mean(),
        latest.sum() / count,
        test.difference(),
        Math.max(notable, ordinary),
        Math.pow(test.pValue(), 1 / reference.inflation()),
        reference.count());
  }
}
