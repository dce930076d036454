// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.search;

import java.time.Duration;

/**
 * How a search goes about.
 *
 * @param rule what is to hold
 * @param startQps the first rate that is tried
 * @param mostQps the largest rate that is tried
 * @param precision the search ends when the rate that fails is so much above the one that holds, as
 *     a share; or when they are a tenth apart
 * @param budget for one target; deciding runs begin until twice of it is spent
 * @param official the deciding run lasts at least ten minutes, as MLPerf wants it
 * @param seed of the first run; each further one has the next
 */
public record SearchSettings(
    EarlyStopping rule,
    double startQps,
    double mostQps,
    double precision,
    Duration budget,
    boolean official,
    long seed) {
  /** Deciding runs under {@code official}. */
  static final Duration OFFICIAL = Duration.ofMinutes(10);

  private static final Duration SHORTEST_PROBE = Duration.ofSeconds(15);
  private static final Duration SHORTEST_DECIDING = Duration.ofSeconds(60);

  /** A probe sees about so many queries: enough that a handful of late ones tells. */
  private static final double PROBE_CONFIDENCE = 0.9;

  /** Of the budget, for a deciding run: two of them and the probes fit in it. */
  private static final double DECIDING_SHARE = 0.3;

  public SearchSettings {
    if (!(startQps > 0) || !(mostQps >= startQps)) {
      throw new IllegalArgumentException(
          "the first rate is above 0 and at most " + mostQps + ", not " + startQps);
    }
    if (!(precision > 0 && precision < 1)) {
      throw new IllegalArgumentException("precision lies between 0 and 1, not " + precision);
    }
    if (budget.compareTo(Duration.ofMinutes(1)) < 0) {
      throw new IllegalArgumentException("a search takes at least a minute, not " + budget);
    }
  }

  /** Of a probe at a rate: long enough to see a few late ones, an eighth of the budget at most. */
  Duration probe(double qps) {
    long queries = new EarlyStopping(rule.percentile(), PROBE_CONFIDENCE).queriesFor(1);
    return clamp(queries / qps, SHORTEST_PROBE, budget.dividedBy(8));
  }

  /**
   * Of the run that decides, at any rate: bursts of late answers are as long as the queue takes to
   * recover, which is seconds and not queries, and a run that has seen none of them proves little.
   */
  Duration deciding() {
    double seconds = DECIDING_SHARE * budget.toSeconds();
    Duration wanted = clamp(seconds, SHORTEST_DECIDING, budget);
    return official && wanted.compareTo(OFFICIAL) < 0 ? OFFICIAL : wanted;
  }

  private static Duration clamp(double seconds, Duration least, Duration most) {
    Duration wanted = Duration.ofMillis(Math.round(seconds * 1_000));
    if (wanted.compareTo(most) > 0) {
      wanted = most;
    }
    return wanted.compareTo(least) < 0 ? least : wanted;
  }
}
