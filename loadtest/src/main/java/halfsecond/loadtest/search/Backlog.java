// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.search;

import java.util.List;

/**
 * Whether the work that waits grows. Above capacity the backlog grows without end, but for a while
 * every answer may still be in time; a line through the last half of the run shows it.
 */
final class Backlog {
  /** Below this a line through counts says nothing. */
  private static final int FEWEST_SECONDS = 6;

  /** Random backlog leaves this many standard errors once in some thousand runs. */
  private static final double STANDARD_ERRORS = 3;

  private Backlog() {}

  /**
   * Fits a line through the second half. It grows when the line rises by more than chance would
   * make it: the variance is the larger of what is left around the line and of a Poisson count of
   * that mean, and neighbouring seconds are taken to say the same thing twice.
   *
   * @param everySecond queries that waited, once a second
   */
  static boolean grows(List<Integer> everySecond) {
    if (everySecond.size() < FEWEST_SECONDS) {
      return false;
    }
    List<Integer> half = everySecond.subList(everySecond.size() / 2, everySecond.size());
    int n = half.size();
    double meanX = (n - 1) / 2.0;
    double meanY = half.stream().mapToInt(Integer::intValue).average().orElse(0);
    double sumXx = 0;
    double sumXy = 0;
    for (int i = 0; i < n; i++) {
      sumXx += (i - meanX) * (i - meanX);
      sumXy += (i - meanX) * (half.get(i) - meanY);
    }
    double slope = sumXy / sumXx;
    double left = 0;
    for (int i = 0; i < n; i++) {
      double off = half.get(i) - meanY - slope * (i - meanX);
      left += off * off;
    }
    double variance = Math.max(left / Math.max(1, n - 2), Math.max(1, meanY));
    double standardError = Math.sqrt(2 * variance / sumXx);
    return slope > STANDARD_ERRORS * standardError;
  }
}
