// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import halfsecond.monitor.statistics.LikelihoodRatio;
import halfsecond.monitor.statistics.Proportion;
import halfsecond.monitor.statistics.ProportionTest;
import java.time.Instant;
import java.util.OptionalDouble;

/** Of events: how much likelier each outcome is with the rate changed than with it as it was. */
final class RateYardstick implements Yardstick {
  /** A rate is never so small that its events are no surprise at all. */
  private static final double LEAST_RATE = 1e-4;

  private static final double MOST_RATE = 1 - LEAST_RATE;

  /** However large the change that is looked for: a few events prove nothing. */
  private static final double LEAST_RUN = 5;

  /** No change of a rate smaller than this is worth an alarm. */
  static final double LEAST_DIFFERENCE = 0.005;

  private static final double CONFIDENCE = 0.99;

  /** Of the interval that the reference's rate is somewhere in: a standard error to each side. */
  private static final double SURE = 0.68;

  /**
   * Of what is notable: the sum is fastest for a rate that much higher. What is notable is the
   * least; a model that answers with nothing does so twice as often rather than half as often
   * again.
   */
  private static final double LIKELY = 1.5;

  /**
   * Less of the pace's certainty: an event in fifty says little with each value and hurts people,
   * so there may be more false alarms of it, about as many as of all levels together, and it is
   * found in three quarters of the time.
   */
  private static final double URGENCY = 4;

  /**
   * Of that still less, where users get no words and all of them are concerned: of all series this
   * one must not wait, and two or three false alarms a year are what it costs.
   */
  private static final double MORE_URGENCY = 2;

  private final Watched watched;
  private final Criteria criteria;
  private final Reference reference;
  private final double ordinary;
  private final Odds[] odds;

  /** What an event, and none, speak for in one part of the day; and the limit there. */
  private record Odds(
      double riseWith,
      double riseWithout,
      double fallWith,
      double fallWithout,
      double riseLimit,
      double fallLimit) {}

  RateYardstick(Watched watched, Criteria criteria, Reference reference) {
    this.watched = watched;
    this.criteria = criteria;
    this.reference = reference;
    ordinary = ORDINARY * reference.periodDeviation();
    Proportion.Interval interval = interval(reference);
    double above = interval.high() - reference.mean();
    double below = reference.mean() - interval.low();
    odds = new Odds[reference.phases()];
    for (int phase = 0; phase < odds.length; phase++) {
      double base = reference.expected(phase);
      odds[phase] = odds(bounded(base + above), bounded(base - below));
    }
  }

  /** As far as it is known: after few values without an event it need not be 0. */
  private static Proportion.Interval interval(Reference reference) {
    long independent = Math.max(1, Math.round(reference.count() / reference.inflation()));
    long events = Math.min(independent, Math.round(reference.mean() * independent));
    return new Proportion(events, independent).interval(SURE);
  }

  /**
   * @param high what the rate may have been at most
   * @param low what it was at least
   */
  private Odds odds(double high, double low) {
    double more = Math.min(MOST_RATE, more(high));
    double less = Math.max(low / 2, low * low / more(low));
    // As of a level, in likelihood ratios, where 2 k is the difference in standard deviations.
    double shift = (more(high) - high) / Math.sqrt(high * (1 - high));
    double run = criteria.certainty() - URGENCY + Math.log(shift * shift / 2);
    double urgent =
        criteria.everybody() && watched.role() == Watched.Role.OUTCOME ? MORE_URGENCY : 0;
    return new Odds(
        LikelihoodRatio.log(true, high, more),
        LikelihoodRatio.log(false, high, more),
        LikelihoodRatio.log(true, low, less),
        LikelihoodRatio.log(false, low, less),
        reference.inflation() * Math.max(LEAST_RUN, run - urgent),
        reference.inflation() * Math.max(LEAST_RUN, run));
  }

  private double more(double base) {
    return base + LIKELY * notable(base);
  }

  private double notable(double base) {
    return criteria
        .minimumEffect()
        .orElse(Math.max(Math.max(base * watched.notable(), ordinary), LEAST_DIFFERENCE));
  }

  private static double bounded(double rate) {
    return Math.max(LEAST_RATE, Math.min(MOST_RATE, rate));
  }

  @Override
  public double expected(Instant at) {
    return reference.expected(at);
  }

  @Override
  public double rise(double value, Instant at) {
    Odds here = odds[reference.phase(at)];
    return value > 0 ? here.riseWith() : here.riseWithout();
  }

  @Override
  public double fall(double value, Instant at) {
    Odds here = odds[reference.phase(at)];
    return value > 0 ? here.fallWith() : here.fallWithout();
  }

  @Override
  public double riseLimit(Instant at) {
    return odds[reference.phase(at)].riseLimit();
  }

  @Override
  public double fallLimit(Instant at) {
    return odds[reference.phase(at)].fallLimit();
  }

  @Override
  public double effect(double before, double after) {
    return after - before;
  }

  @Override
  public double notable() {
    return notable(reference.mean());
  }

  @Override
  public double negligible() {
    OptionalDouble set = criteria.minimumEffect();
    if (set.isPresent()) {
      return set.getAsDouble() * SLOW;
    }
    double notable = Math.max(LEAST_DIFFERENCE, reference.mean() * watched.notable() * SLOW);
    return Math.max(notable, ordinary);
  }

  @Override
  public double noise() {
    double rate = bounded(reference.mean());
    return Math.sqrt(reference.inflation() * rate * (1 - rate));
  }

  @Override
  public long referenceCount() {
    return reference.count();
  }

  @Override
  public Comparison compare(RecentPeriod.Values latest) {
    long count = latest.count();
    Proportion was =
        new Proportion(Math.round(reference.mean() * reference.count()), reference.count());
    Proportion is = new Proportion(Math.round(latest.sum()), count);
    ProportionTest test = ProportionTest.of(was, is, CONFIDENCE);
    return new Comparison(
        count,
        reference.mean(),
        latest.sum() / count,
        test.difference(),
        error(count),
        criteria.minimumEffect().orElse(negligible()),
        Math.pow(test.pValue(), 1 / reference.inflation()),
        reference.count());
  }
}
