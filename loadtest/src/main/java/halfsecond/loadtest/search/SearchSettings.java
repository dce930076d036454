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
 * @param budget for one target; the deciding run is made even if it ends a little after it
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

  /** A deciding run that may have so many late ones is not lost by a single hiccup. */
  private static final int SPARE = 10;

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
   * Of the run that decides: long enough that ten late ones do not lose it, half of the budget at
   * most.
   */
  Duration deciding(double qps) {
    Duration wanted = clamp(rule.queriesFor(SPARE) / qps, SHORTEST_DECIDING, budget.dividedBy(2));
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
