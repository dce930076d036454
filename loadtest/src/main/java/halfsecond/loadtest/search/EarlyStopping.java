// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.search;

/**
 * What a count of late answers says about a percentile, as in MLPerf's early stopping: each query
 * is late or is not, independently, so the late ones are binomially distributed. (Latencies in a
 * queue are not independent: {@link Bursts} measures how far, and fewer queries count then.)
 *
 * @param percentile that is to hold the bound, above 0 and below 100
 * @param confidence above 0 and below 1
 */
public record EarlyStopping(double percentile, double confidence) {
  public EarlyStopping {
    if (!(percentile > 0 && percentile < 100)) {
      throw new IllegalArgumentException("a percentile lies between 0 and 100, not " + percentile);
    }
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException("confidence lies between 0 and 1, not " + confidence);
    }
  }

  /**
   * The fewest queries of which {@code late} may be late: the least n for which a server that just
   * misses the percentile would have at most {@code late} of them with a probability of at most 1 -
   * confidence.
   */
  public long queriesFor(long late) {
    long high = late + 1;
    while (cumulative(high, late) > 1 - confidence) {
      high *= 2;
    }
    long low = high / 2;
    while (high - low > 1) {
      long middle = low + (high - low) / 2;
      if (cumulative(middle, late) > 1 - confidence) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /** The percentile holds, with the confidence. */
  public boolean holds(long queries, long late) {
    return queries > 0 && cumulative(queries, late) <= 1 - confidence;
  }

  /**
   * The percentile holds, with the confidence, when late ones come in bursts: so many queries say
   * as much as one independent query.
   *
   * @param burst at least 1
   */
  public boolean holds(long queries, long late, double burst) {
    return holds((long) (queries / burst), (long) Math.ceil(late / burst));
  }

  /** The most of so many queries that may be late; -1 when even none would prove nothing. */
  public long mostLate(long queries) {
    long most = -1;
    while (queriesFor(most + 1) <= queries) {
      most++;
    }
    return most;
  }

  /**
   * The percentile does not hold, with the confidence: a server that just holds it would have so
   * many late ones with a probability of at most 1 - confidence.
   */
  public boolean isMissed(long queries, long late) {
    return late > 0 && 1 - cumulative(queries, late - 1) <= 1 - confidence;
  }

  /** The share of queries that may be late. */
  public double lateShare() {
    return 1 - percentile / 100;
  }

  /** P(X <= late) for the late ones among so many queries of a server that just holds it. */
  private double cumulative(long queries, long late) {
    if (late >= queries) {
      return 1;
    }
    double share = lateShare();
    double log = queries * Math.log1p(-share);
    double odds = Math.log(share) - Math.log1p(-share);
    double sum = Math.exp(log);
    for (long k = 1; k <= late; k++) {
      log += Math.log((double) (queries - k + 1) / k) + odds;
      sum += Math.exp(log);
    }
    return Math.min(1, sum);
  }
}
