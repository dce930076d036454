// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import halfsecond.monitor.statistics.Ecdf;
import halfsecond.monitor.statistics.KolmogorovSmirnov;
import halfsecond.monitor.statistics.Wasserstein;
import java.time.Instant;
import java.util.Objects;
import java.util.OptionalDouble;

/** Of measurements: their distance from what is expected, in standard deviations. */
final class LevelYardstick implements Yardstick {
  /** Values further away count as this far: one broken clip is no change. In deviations. */
  private static final double FURTHEST = 4;

  private final Watched watched;
  private final Criteria criteria;
  private final Reference reference;
  private final double deviation;
  private final double ordinary;
  private final double allowance;
  private final double limit;

  LevelYardstick(Watched watched, Criteria criteria, Reference reference) {
    this.watched = watched;
    this.criteria = criteria;
    this.reference = reference;
    deviation = Math.max(watched.grain(), reference.deviation());
    ordinary = ORDINARY * reference.periodDeviation() / deviation;
    double unsure = 2 * Math.sqrt(reference.inflation() / reference.count());
    allowance = notable() + unsure;
    // exp(2 k h) / (2 k k) values pass between two false alarms (Siegmund 1985, 2.5).
    double run = criteria.certainty() + Math.log(2 * allowance * allowance);
    limit = reference.inflation() * run / (2 * allowance);
  }

  @Override
  public double expected(Instant at) {
    return reference.expected(at);
  }

  @Override
  public double rise(double value, Instant at) {
    return deviations(value, at) - allowance;
  }

  @Override
  public double fall(double value, Instant at) {
    return -deviations(value, at) - allowance;
  }

  private double deviations(double value, Instant at) {
    double deviations = (value - reference.expected(at)) / deviation;
    return Math.max(-FURTHEST, Math.min(FURTHEST, deviations));
  }

  @Override
  public double riseLimit(Instant at) {
    return limit;
  }

  @Override
  public double fallLimit(Instant at) {
    return limit;
  }

  @Override
  public double effect(double before, double after) {
    return (after - before) / deviation;
  }

  @Override
  public double notable() {
    return criteria.minimumEffect().orElse(Math.max(watched.notable(), ordinary));
  }

  @Override
  public double negligible() {
    OptionalDouble set = criteria.minimumEffect();
    return set.isPresent()
        ? set.getAsDouble() * SLOW
        : Math.max(watched.notable() * SLOW, ordinary);
  }

  @Override
  public double noise() {
    return Math.sqrt(reference.inflation());
  }

  @Override
  public long referenceCount() {
    return reference.count();
  }

  @Override
  public Comparison compare(RecentPeriod.Values latest) {
    Ecdf was = Objects.requireNonNull(reference.distribution(), "levels keep their distribution");
    Ecdf is = latest.sketch().distribution();
    double effect = Wasserstein.normalised(was, is, watched.grain());
    double rankError = latest.sketch().rankError(0.5);
    KolmogorovSmirnov test = KolmogorovSmirnov.test(was, is, rankError);
    double after = latest.sketch().mean();
    return new Comparison(
        latest.count(),
        reference.mean(),
        after,
        Math.copySign(effect, after - reference.mean()),
        error(latest.count()),
        criteria.minimumEffect().orElse(negligible()),
        Math.pow(test.pValue(), 1 / reference.inflation()),
        reference.count());
  }
}
