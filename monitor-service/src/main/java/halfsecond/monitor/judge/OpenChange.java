// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change that was found and is not over: it is when at least two blocks of values in a row, over
 * a while, are much nearer to what they should be than to what was found. Until then each block
 * tells better how large it is: what was known when it was found is too much, because it was found
 * when it looked largest. Not safe for use by several threads.
 */
final class OpenChange {
  private static final int CALM_BLOCKS = 2;

  /** Of what the change is at least: what is less is none, and so is what is negligible. */
  private static final double CALM = 0.35;

  /**
   * A block is so long that its mean lies that surely, in deviations, on the right side of calm.
   */
  private static final double SURE = 1.5;

  private static final int SHORTEST_BLOCK = 300;
  private static final int LONGEST_BLOCK = 10_000;

  private final Sums block = new Sums();
  private final Sums changed = new Sums();
  private Finding finding;
  private int calmBlocks;
  private @Nullable Instant blockBegan;
  private @Nullable Instant calmSince;

  /** How it stands. */
  enum Standing {
    /** Nothing new. */
    OPEN,
    /** How large it is is known better now. */
    MEASURED,
    /** Over, and again with each block for as long as it stays so. */
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

  /**
   * Takes the next value, and what it should have been.
   *
   * @param release for which it must be calm to be over: what hovers about what is notable does not
   *     come and go
   */
  Standing add(double value, double expected, Yardstick yardstick, Instant at, Duration release) {
    if (blockBegan == null) {
      blockBegan = at;
    }
    block.add(1, value, expected);
    if (block.count < blockLength(yardstick)) {
      return Standing.OPEN;
    }
    double off = yardstick.effect(block.expected / block.count, block.values / block.count);
    boolean back = Math.abs(off) < calm(yardstick);
    if (back) {
      calmBlocks++;
      calmSince = calmSince == null ? blockBegan : calmSince;
    } else {
      calmBlocks = 0;
      calmSince = null;
      changed.add(block.count, block.values, block.expected);
      finding = measured(yardstick);
    }
    blockBegan = null;
    block.clear();
    if (calmBlocks >= CALM_BLOCKS && calmSince != null && !at.isBefore(calmSince.plus(release))) {
      return Standing.OVER;
    }
    return back ? Standing.OPEN : Standing.MEASURED;
  }

  private double calm(Yardstick yardstick) {
    return Math.max(CALM * finding.atLeast(), yardstick.negligible());
  }

  /** The smaller the change and the larger the noise, the more values it takes to tell. */
  private long blockLength(Yardstick yardstick) {
    double ratio = SURE * yardstick.noise() / calm(yardstick);
    double length = Math.ceil(ratio * ratio);
    return (long) Math.max(SHORTEST_BLOCK, Math.min(LONGEST_BLOCK, length));
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
        yardstick.error(changed.count),
        finding.statistic(),
        finding.limit(),
        finding.referenceCount());
  }
}
