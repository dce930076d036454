// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

/**
 * A change that was found and is not over: it is when two blocks of values in a row are much nearer
 * to what they should be than to what was found. Until then each block tells better how large it
 * is: what was known when it was found is too much, because it was found when it looked largest.
 * Not safe for use by several threads.
 */
final class OpenChange {
  private static final int CALM_BLOCKS = 2;

  /** Of the change that was found: what is less is none. */
  private static final double CALM = 0.35;

  private final Sums block = new Sums();
  private final Sums changed = new Sums();
  private Finding finding;
  private int calm;

  /** How it stands. */
  enum Standing {
    /** Nothing new. */
    OPEN,
    /** How large it is is known better now. */
    MEASURED,
    OVER
  }

  private static final class Sums {
    private long count;
    private double values;
    private double expected;

    void add(long n, double value, double expectedValue) {
      count += n;
      values += value;
      expected += expectedValue;
    }

    void clear() {
      count = 0;
      values = 0;
      expected = 0;
    }
  }

  OpenChange(Finding finding) {
    this.finding = finding;
  }

  /** What is known of it. */
  Finding finding() {
    return finding;
  }

  /** Takes the next value, and what it should have been. */
  Standing add(double value, double expected, Yardstick yardstick) {
    block.add(1, value, expected);
    if (block.count < yardstick.block()) {
      return Standing.OPEN;
    }
    double off = (block.values - block.expected) / block.count;
    boolean back = Math.abs(off) < CALM * Math.abs(finding.after() - finding.before());
    calm = back ? calm + 1 : 0;
    if (!back) {
      changed.add(block.count, block.values, block.expected);
      finding = measured(yardstick);
    }
    block.clear();
    if (calm == CALM_BLOCKS) {
      return Standing.OVER;
    }
    return back ? Standing.OPEN : Standing.MEASURED;
  }

  private Finding measured(Yardstick yardstick) {
    double before = changed.expected / changed.count;
    double after = changed.values / changed.count;
    return new Finding(
        finding.change(),
        finding.began(),
        finding.found(),
        finding.count(),
        before,
        after,
        yardstick.effect(before, after),
        finding.statistic(),
        finding.limit(),
        finding.referenceCount());
  }
}
