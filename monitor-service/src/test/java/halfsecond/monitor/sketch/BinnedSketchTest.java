// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import halfsecond.monitor.statistics.Ecdf;
import halfsecond.monitor.statistics.KolmogorovSmirnov;
import halfsecond.monitor.statistics.Wasserstein;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

final class BinnedSketchTest {
  private static final int MANY = 20_000;

  @Test
  void fewValuesAreKeptAsTheyAre() {
    BinnedSketch sketch = of(3, 1, 2, 2);

    assertThat(sketch.quantile(0)).isEqualTo(1);
    assertThat(sketch.quantile(0.5)).isEqualTo(2);
    assertThat(sketch.quantile(1)).isEqualTo(3);
    assertThat(sketch.rankError(0.5)).isZero();
    assertThat(sketch.valueError()).isZero();
    assertThat(sketch.shareBelow(2)).isEqualTo(0.25);
    assertThat(sketch.shareBelow(2.5)).isEqualTo(0.75);
    assertThat(sketch.retained()).isEqualTo(4);
  }

  @Test
  void momentsAreExactHoweverManyValues() {
    BinnedSketch sketch = new BinnedSketch();
    for (int i = 1; i <= 1_001; i++) {
      sketch.add(i);
    }

    assertThat(sketch.count()).isEqualTo(1_001);
    assertThat(sketch.mean()).isEqualTo(501);
    assertThat(sketch.deviation()).isCloseTo(Math.sqrt((1_001.0 * 1_001 - 1) / 12), within(1e-9));
    assertThat(sketch.minimum()).isEqualTo(1);
    assertThat(sketch.maximum()).isEqualTo(1_001);
  }

  @Test
  void quantilesAreOffByNoMoreThanABin() {
    BinnedSketch sketch = new BinnedSketch();
    for (int i = 1; i <= 10_000; i++) {
      sketch.add(0.1 + i / 10_000.0);
    }

    for (double rank = 0.01; rank < 1; rank += 0.01) {
      double value = sketch.quantile(rank);
      assertThat(value).isCloseTo(0.1 + rank, within((0.1 + rank) * sketch.valueError()));
      assertThat(sketch.shareBelow(value)).isCloseTo(rank, within(sketch.rankError(rank)));
    }
    assertThat(sketch.valueError()).isEqualTo(1.0 / 64);
  }

  @Test
  void negativeValuesAndZeroHaveTheirPlace() {
    BinnedSketch sketch = new BinnedSketch();
    for (int i = -500; i <= 500; i++) {
      sketch.add(i / 10.0);
    }

    assertThat(sketch.quantile(0.25)).isCloseTo(-25, within(0.5));
    assertThat(sketch.quantile(0.5)).isCloseTo(0, within(0.11));
    assertThat(sketch.quantile(0.75)).isCloseTo(25, within(0.5));
    assertThat(sketch.shareBelow(-50)).isZero();
    assertThat(sketch.shareBelow(0)).isCloseTo(0.5, within(0.002));
  }

  @Test
  void oneValueAgainAndAgainIsThatValue() {
    BinnedSketch sketch = new BinnedSketch();
    for (int i = 0; i < 1_000; i++) {
      sketch.add(0.2);
    }

    assertThat(sketch.quantile(0.5)).isEqualTo(0.2);
    assertThat(sketch.rankError(0.5)).isZero();
    assertThat(sketch.deviation()).isCloseTo(0, within(1e-6));
    assertThat(sketch.retained()).isEqualTo(1);
  }

  @Test
  void valuesOfAllSizesTakeBoundedSpaceInWiderBins() {
    BinnedSketch sketch = new BinnedSketch();
    Random random = new Random(3);
    for (int i = 0; i < 100_000; i++) {
      sketch.add(Math.exp(60 * random.nextGaussian()) * (random.nextBoolean() ? 1 : -1));
    }
    sketch.add(Double.MAX_VALUE);
    sketch.add(-Double.MAX_VALUE);
    sketch.add(Double.MIN_VALUE);

    assertThat(sketch.retained()).isLessThanOrEqualTo(BinnedSketch.MOST_BINS);
    assertThat(sketch.valueError()).isGreaterThan(1.0 / 64);
    assertThat(sketch.quantile(0.5)).isCloseTo(0, within(10.0));
    assertThat(sketch.maximum()).isEqualTo(Double.MAX_VALUE);
    assertThat(sketch.quantile(0.9999)).isLessThanOrEqualTo(Double.MAX_VALUE).isPositive();
  }

  @Test
  void refusesWhatIsNoMeasurement() {
    BinnedSketch sketch = new BinnedSketch();

    assertThatIllegalArgumentException().isThrownBy(() -> sketch.add(Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> sketch.quantile(1.1));
    assertThatIllegalStateException().isThrownBy(() -> sketch.quantile(0.5));
    assertThatIllegalStateException().isThrownBy(() -> sketch.beside(of(1)));
    assertThat(sketch.mean()).isZero();
    assertThat(sketch.shareBelow(1)).isZero();
  }

  @Test
  void tellsOfDriftWhatTheSamplesTell() {
    double[] before = samples(1, 10, MANY);
    double[] after = samples(2, 10.3, MANY);
    Ecdf[] both = of(before).beside(of(after));

    assertThat(KolmogorovSmirnov.distance(both[0], both[1]))
        .isCloseTo(KolmogorovSmirnov.distance(Ecdf.of(before), Ecdf.of(after)), within(0.005));
    assertThat(Wasserstein.distance(both[0], both[1])).isCloseTo(0.3, within(0.02));
    assertThat(both[0].count()).isEqualTo(MANY);
  }

  @Test
  void setsFewValuesBesideManyInTheSameBins() {
    Ecdf[] both = of(samples(1, 10, 50)).beside(of(samples(2, 10, MANY)));

    assertThat(KolmogorovSmirnov.test(both[0], both[1]).pValue()).isGreaterThan(0.01);
    assertThat(both[0].count()).isEqualTo(50);
  }

  /** Counting in shared bins hides differences and never makes any. */
  @Test
  void doesNotTakeItsBinsForDrift() {
    for (int seed = 0; seed < 50; seed++) {
      double[] before = samples(seed, 10, 2_000);
      double[] after = samples(seed + 1_000, 10, 2_000);
      Ecdf[] both = of(before).beside(of(after));
      assertThat(KolmogorovSmirnov.distance(both[0], both[1]))
          .isLessThanOrEqualTo(KolmogorovSmirnov.distance(Ecdf.of(before), Ecdf.of(after)) + 1e-9);
    }
  }

  private static double[] samples(long seed, double mean, int count) {
    Random random = new Random(seed);
    return DoubleStream.generate(() -> mean + random.nextGaussian()).limit(count).toArray();
  }

  private static BinnedSketch of(double... values) {
    BinnedSketch sketch = new BinnedSketch();
    for (double value : values) {
      sketch.add(value);
    }
    return sketch;
  }
}
