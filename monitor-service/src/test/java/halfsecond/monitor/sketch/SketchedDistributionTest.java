// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import halfsecond.monitor.statistics.Ecdf;
import halfsecond.monitor.statistics.KolmogorovSmirnov;
import halfsecond.monitor.statistics.PopulationStability;
import halfsecond.monitor.statistics.Wasserstein;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What a sketch says about drift, beside what the samples say. */
final class SketchedDistributionTest {
  private static final int MANY = 20_000;

  private static double[] normal(long seed, double mean, int count) {
    Random random = new Random(seed);
    return DoubleStream.generate(() -> mean + random.nextGaussian()).limit(count).toArray();
  }

  private static ValueSketch sketch(double... samples) {
    ValueSketch sketch = new ValueSketch();
    for (double sample : samples) {
      sketch.add(sample);
    }
    return sketch;
  }

  @Test
  void isExactForFewValues() {
    Ecdf few = sketch(3, 1, 2, 2).distribution();

    assertThat(few.count()).isEqualTo(4);
    assertThat(few.at(2)).isEqualTo(0.75);
    assertThat(few.quantile(0.25)).isEqualTo(1);
  }

  @Test
  void hasNoneWithoutValues() {
    assertThatIllegalStateException().isThrownBy(() -> new ValueSketch().distribution());
  }

  @Test
  void tellsOfDriftWhatTheSamplesTell() {
    double[] before = normal(1, 0, MANY);
    double[] after = normal(2, 0.3, MANY);
    Ecdf was = sketch(before).distribution();
    Ecdf is = sketch(after).distribution();
    double error = 2 * sketch(before).rankError(0.5);

    assertThat(was.count()).isEqualTo(MANY);
    assertThat(KolmogorovSmirnov.distance(was, is))
        .isCloseTo(
            KolmogorovSmirnov.distance(Ecdf.of(before), Ecdf.of(after)), Offset.offset(error));
    assertThat(Wasserstein.distance(was, is)).isCloseTo(0.3, Offset.offset(0.05));
    assertThat(was.standardDeviation()).isCloseTo(1, Offset.offset(0.05));
    assertThat(PopulationStability.compare(was, is, 10).index())
        .isCloseTo(
            PopulationStability.compare(Ecdf.of(before), Ecdf.of(after), 10).index(),
            Offset.offset(0.03));
  }

  @Test
  void doesNotTakeItsOwnErrorForDrift() {
    int alarms = 0;
    for (int seed = 0; seed < 50; seed++) {
      ValueSketch was = sketch(normal(seed, 0, MANY));
      ValueSketch is = sketch(normal(seed + 1_000, 0, MANY));
      double error = was.rankError(0.5) + is.rankError(0.5);
      boolean significant =
          KolmogorovSmirnov.test(was.distribution(), is.distribution(), error).pValue() < 0.001;
      alarms += significant ? 1 : 0;
    }
    assertThat(alarms).as("of 50 pairs from the same distribution").isZero();
  }
}
