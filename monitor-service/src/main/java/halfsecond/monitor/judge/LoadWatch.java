// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Watches how many utterances there are, against the same hour of the days before. Far more is a
 * matter of load and says nothing about quality; none at all, where there should be some, is worse
 * than any number. Where the pace knows no days it says nothing: every morning would be a spike.
 * Not safe for use by several threads.
 */
final class LoadWatch {
  private static final Duration STEP = Duration.ofMinutes(15);
  private static final int STEPS_A_DAY = 96;

  /** Times the usual. */
  private static final double MORE = 1.6;

  /** Standard deviations above the usual. */
  private static final double SIGMAS = 4;

  /**
   * Variance over mean: utterances come several to a session, so that their number scatters more
   * than that of single events. This until it is known, which takes a day or so.
   */
  private static final double DISPERSION = 4;

  /** Steps in a row. */
  private static final int STEPS = 2;

  /** So many must have been expected before their absence means anything. */
  private static final double EXPECTED = 50;

  private final boolean daily;
  private final double[] usual = new double[STEPS_A_DAY];
  private final int[] days = new int[STEPS_A_DAY];
  private final long[] counted = new long[STEPS_A_DAY];
  private final int mostDays;
  private double residuals = STEPS_A_DAY * DISPERSION;
  private double residualSteps = STEPS_A_DAY;
  private long step = Long.MIN_VALUE;
  private long count;
  private int above;
  private double missed;
  private @Nullable Load state;

  /** What there is to say. */
  enum Load {
    /** Far more in one step: it may be chance. */
    SUSPECTED,
    HIGH,
    NONE,
    USUAL
  }

  /**
   * A change of the load.
   *
   * @param expected utterances of the step
   * @param count that there were
   */
  record Change(Load load, Instant at, double expected, long count) {}

  LoadWatch(Pace pace) {
    this.daily = pace.daily();
    this.mostDays = pace.periods();
  }

  Optional<Change> add(Instant at) {
    Optional<Change> change = tick(at);
    count++;
    return change;
  }

  /** Ends the steps that are over; what changed with the last of them. */
  Optional<Change> tick(Instant now) {
    long current = Math.floorDiv(now.getEpochSecond(), STEP.toSeconds());
    if (step == Long.MIN_VALUE) {
      step = current;
    }
    Optional<Change> change = Optional.empty();
    while (step < current) {
      Optional<Change> ended = end(Instant.ofEpochSecond(step * STEP.toSeconds()));
      change = ended.isPresent() ? ended : change;
      step++;
      count = 0;
    }
    return change;
  }

  private Optional<Change> end(Instant began) {
    int place = Math.floorMod(step, STEPS_A_DAY);
    double expected = usual[place];
    boolean known = daily && days[place] > 0;
    Load now = Load.USUAL;
    if (known) {
      // What is expected is itself only known from so many days.
      double variance = Math.max(1, expected) * (1 + 1.0 / days[place]);
      double more = count - expected;
      double sigma = Math.sqrt(variance * Math.max(1, residuals / residualSteps));
      boolean high = count >= MORE * expected && more >= SIGMAS * sigma;
      if (!high) {
        residuals += more * more / variance;
        residualSteps++;
      }
      above = high ? above + 1 : 0;
      missed = count == 0 ? missed + expected : 0;
      now = above > 0 ? high(above) : missed >= EXPECTED ? Load.NONE : Load.USUAL;
    }
    learn(place, above > 0);
    if (state == null ? now == Load.USUAL : now == state) {
      return Optional.empty();
    }
    state = now == Load.USUAL ? null : now;
    return Optional.of(new Change(now, began.plus(STEP), expected, count));
  }

  private static Load high(int steps) {
    return steps >= STEPS ? Load.HIGH : Load.SUSPECTED;
  }

  private void learn(int place, boolean unusual) {
    if (unusual || days[place] >= mostDays) {
      return;
    }
    counted[place] += count;
    days[place]++;
    usual[place] = (double) counted[place] / days[place];
  }
}
