// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ValueSketchTest {
  @Test
  void emptyHasNoQuantiles() {
    ValueSketch sketch = new ValueSketch();

    assertThat(sketch.count()).isZero();
    assertThat(sketch.mean()).isZero();
    assertThat(sketch.minimum()).isZero();
    assertThat(sketch.maximum()).isZero();
    assertThatIllegalStateException().isThrownBy(() -> sketch.quantile(0.5));
  }

  @Test
  void fewValuesAreExact() {
    ValueSketch sketch = of(IntStream.rangeClosed(1, ValueSketch.EXACT).asDoubleStream());

    assertThat(sketch.quantile(0.5)).isEqualTo(32);
    assertThat(sketch.quantile(0.99)).isEqualTo(64);
    assertThat(sketch.quantile(1 / 64.0)).isEqualTo(1);
    assertThat(sketch.rankError(0.5)).isZero();
  }

  @Test
  void oneValueIsEveryQuantile() {
    ValueSketch sketch = of(DoubleStream.of(0.1));

    assertThat(sketch.quantile(0)).isEqualTo(0.1);
    assertThat(sketch.quantile(0.5)).isEqualTo(0.1);
    assertThat(sketch.quantile(1)).isEqualTo(0.1);
  }

  @Test
  void countSumAndExtremesStayExactBeyondTheSketch() {
    ValueSketch sketch = of(IntStream.rangeClosed(1, 10_000).asDoubleStream());

    assertThat(sketch.count()).isEqualTo(10_000);
    assertThat(sketch.sum()).isEqualTo(50_005_000);
    assertThat(sketch.mean()).isEqualTo(5_000.5);
    assertThat(sketch.minimum()).isEqualTo(1);
    assertThat(sketch.maximum()).isEqualTo(10_000);
    assertThat(sketch.quantile(0)).isEqualTo(1);
    assertThat(sketch.quantile(1)).isEqualTo(10_000);
  }

  @Test
  void highRanksAreNearlyExact() {
    ValueSketch sketch = of(IntStream.rangeClosed(1, 100_000).asDoubleStream());

    assertThat(sketch.rankError(0.99)).isLessThan(0.001);
    assertThat(sketch.quantile(0.99)).isCloseTo(99_000, within(100.0));
  }

  @Test
  void mergingAddsUpAndLeavesTheOtherAsItIs() {
    ValueSketch few = of(DoubleStream.of(1, 2, 3));
    ValueSketch many = of(IntStream.rangeClosed(1, 1_000).asDoubleStream());

    few.merge(many);

    assertThat(few.count()).isEqualTo(1_003);
    assertThat(few.sum()).isEqualTo(500_506);
    assertThat(few.maximum()).isEqualTo(1_000);
    assertThat(many.count()).isEqualTo(1_000);
    assertThat(many.sum()).isEqualTo(500_500);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 40, 500})
  void mergingWithItselfDoubles(int size) {
    ValueSketch sketch = of(IntStream.rangeClosed(1, size).asDoubleStream());
    double median = sketch.quantile(0.5);

    sketch.merge(of(IntStream.rangeClosed(1, size).asDoubleStream()));

    assertThat(sketch.count()).isEqualTo(2L * size);
    assertThat(sketch.quantile(0.5)).isCloseTo(median, within(1 + 0.05 * size));
  }

  @Test
  void sizeHardlyGrowsWithTheCount() {
    ValueSketch sketch = new ValueSketch();
    IntStream.range(0, 100_000).forEach(i -> sketch.add(i % 997));
    int atHundredThousand = sketch.retained();

    IntStream.range(0, 1_900_000).forEach(i -> sketch.add(i % 997));

    assertThat(atHundredThousand).isLessThan(2_000);
    assertThat(sketch.retained()).isLessThan(3_000);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void refusesWhatIsNotFinite(double value) {
    ValueSketch sketch = new ValueSketch();

    assertThatIllegalArgumentException().isThrownBy(() -> sketch.add(value));
    assertThat(sketch.count()).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
  void refusesRanksOutsideOfZeroToOne(double rank) {
    ValueSketch sketch = of(DoubleStream.of(1));

    assertThatIllegalArgumentException().isThrownBy(() -> sketch.quantile(rank));
    assertThatIllegalArgumentException().isThrownBy(() -> sketch.rankError(rank));
  }

  private static ValueSketch of(DoubleStream values) {
    ValueSketch sketch = new ValueSketch();
    values.forEach(sketch::add);
    return sketch;
  }
}
