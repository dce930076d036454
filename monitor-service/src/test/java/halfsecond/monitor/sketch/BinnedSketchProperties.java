// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for any values in any parts and any order. */
final class BinnedSketchProperties {
  private static final double[] RANKS = {0, 0.001, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 1};

  @ParameterizedTest(name = "seed={0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void partsInAnyOrderAddUpToTheWhole(long seed) {
    Random random = new Random(seed);
    List<Double> values = values(random);
    BinnedSketch whole = new BinnedSketch();
    values.forEach(whole::add);
    Collections.shuffle(values, random);
    List<BinnedSketch> parts = new ArrayList<>();
    for (double value : values) {
      if (parts.isEmpty() || random.nextInt(50) == 0) {
        parts.add(new BinnedSketch());
      }
      parts.get(random.nextInt(parts.size())).add(value);
    }

    while (parts.size() > 1) {
      BinnedSketch other = parts.remove(random.nextInt(parts.size()));
      parts.get(random.nextInt(parts.size())).merge(other);
    }

    assertSame(parts.get(0), whole);
  }

  @ParameterizedTest(name = "seed={0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void mergingLeavesTheOtherAsItIs(long seed) {
    List<Double> values = values(new Random(seed));
    BinnedSketch other = new BinnedSketch();
    values.forEach(other::add);
    BinnedSketch same = new BinnedSketch();
    values.forEach(same::add);

    BinnedSketch into = new BinnedSketch();
    into.add(1e20);
    into.merge(other);
    into.add(3);

    assertSame(other, same);
    assertThat(into.count()).isEqualTo(values.size() + 2L);
  }

  @ParameterizedTest(name = "seed={0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void sharesAndQuantilesRise(long seed) {
    Random random = new Random(seed);
    List<Double> values = values(random);
    BinnedSketch sketch = new BinnedSketch();
    values.forEach(sketch::add);
    Collections.sort(values);

    double shareBefore = 0;
    double before = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      double share = sketch.shareBelow(value);
      assertThat(share).isBetween(shareBefore - 1e-12, 1.0);
      shareBefore = share;
    }
    for (double rank : RANKS) {
      assertThat(sketch.quantile(rank)).isGreaterThanOrEqualTo(before);
      before = sketch.quantile(rank);
    }
  }

  private static void assertSame(BinnedSketch one, BinnedSketch other) {
    assertThat(one.count()).isEqualTo(other.count());
    assertThat(one.retained()).isEqualTo(other.retained());
    assertThat(one.valueError()).isEqualTo(other.valueError());
    assertThat(one.mean()).isCloseTo(other.mean(), within(1e-9 * Math.abs(other.mean())));
    for (double rank : RANKS) {
      assertThat(one.quantile(rank)).isEqualTo(other.quantile(rank));
      assertThat(one.rankError(rank)).isEqualTo(other.rankError(rank));
    }
  }

  /** From none of the bins' business to far more of them than there may be. */
  private static List<Double> values(Random random) {
    int count = 1 + random.nextInt(4_000);
    double spread = random.nextInt(3) == 0 ? 30 : 0.3;
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double value = Math.exp(spread * random.nextGaussian());
      values.add(random.nextInt(4) == 0 ? -value : value);
    }
    return values;
  }
}
