// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.search;

import java.util.List;

/**
 * How much late answers come in bursts. While a queue is long, query after query is late, so many
 * late ones may tell of a single event; counted as independent they overstate what was seen.
 */
final class Bursts {
  /** Usual for batch means: fewer tell little of a variance, more cut bursts in two. */
  private static final int BATCHES = 30;

  private Bursts() {}

  /**
   * The variance inflation by the method of batch means (Law, Simulation Modeling and Analysis,
   * chapter 9): the variance of the count of late ones in a batch, by that of independent ones. So
   * many queries say as much as one independent query.
   *
   * @param late for each query, in the order in which they started, whether it was late
   * @return at least 1; 1 when none was late, or all, or when there are too few to tell
   */
  static double factor(List<Boolean> late) {
    int size = late.size() / BATCHES;
    if (size < 2) {
      return 1;
    }
    double sum = 0;
    double squares = 0;
    for (int batch = 0; batch < BATCHES; batch++) {
      double count =
          late.subList(batch * size, (batch + 1) * size).stream().filter(is -> is).count();
      sum += count;
      squares += count * count;
    }
    double share = sum / (BATCHES * size);
    if (share <= 0 || share >= 1) {
      return 1;
    }
    double variance = (squares - sum * sum / BATCHES) / (BATCHES - 1);
    return Math.max(1, variance / (size * share * (1 - share)));
  }
}
