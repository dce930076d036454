// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.schedule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The arrivals of one run, in order of time.
 *
 * @param plan what it was made from
 */
public record Schedule(SchedulePlan plan, List<Arrival> arrivals) {

  /** Beyond this a run would not fit into memory, and no machine this is meant for serves it. */
  private static final int MOST = 20_000_000;

  /** Keeps the choice of queries apart from the gaps: another rate speaks the same sequence. */
  private static final long QUERY_STREAM = 0x9E3779B97F4A7C15L;

  public Schedule {
    arrivals = List.copyOf(arrivals);
  }

  /**
   * One query to be started.
   *
   * @param startNanos intended, from the start of the run
   * @param query its place in the corpus
   */
  public record Arrival(long startNanos, int query) {}

  /**
   * Draws it. The generator is {@link Random}, whose algorithm its specification fixes: seeds mean
   * the same on every machine.
   *
   * @param corpusSize queries to draw from, with replacement
   */
  public static Schedule generate(SchedulePlan plan, int corpusSize) {
    if (plan.qps() * seconds(plan.duration()) > MOST) {
      throw new IllegalArgumentException("more than " + MOST + " queries: shorten the run");
    }
    Random gaps = new Random(plan.seed());
    Random choice = new Random(plan.seed() ^ QUERY_STREAM);
    long end = plan.duration().toNanos();
    List<Arrival> arrivals = new ArrayList<>();
    double sum = 0;
    while (true) {
      sum += plan.arrivals() == Arrivals.POISSON ? -Math.log1p(-gaps.nextDouble()) : 1;
      long start = Math.round(1e9 * secondsUntil(plan, sum));
      if (start >= end) {
        return new Schedule(plan, arrivals);
      }
      arrivals.add(new Arrival(start, choice.nextInt(corpusSize)));
    }
  }

  /** This one and then, without a pause, another; the plan stays this one's. */
  public Schedule followedBy(Schedule other) {
    long shift = plan.duration().toNanos();
    List<Arrival> both = new ArrayList<>(arrivals);
    other
        .arrivals()
        .forEach(arrival -> both.add(new Arrival(shift + arrival.startNanos(), arrival.query())));
    return new Schedule(plan, both);
  }

  /** From the first intended start to the last; zero for fewer than two. */
  public double spanSeconds() {
    if (arrivals.size() < 2) {
      return 0;
    }
    return (arrivals.get(arrivals.size() - 1).startNanos() - arrivals.get(0).startNanos()) / 1e9;
  }

  /**
   * Maps arrivals of unit rate to the plan's: the time at which {@code arrived} are expected, the
   * inverse of the integral of the rate.
   */
  private static double secondsUntil(SchedulePlan plan, double arrived) {
    double ramp = seconds(plan.ramp());
    double inRamp = plan.qps() * ramp / 2;
    if (arrived < inRamp) {
      return Math.sqrt(2 * ramp * arrived / plan.qps());
    }
    return arrived / plan.qps() + ramp / 2;
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
