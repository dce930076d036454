// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of scipy 1.10.1 for a fixture without random numbers, and of the formulas themselves. */
final class DistributionTestsTest {
  private static final Offset<Double> GOLDEN = Offset.offset(1e-6);

  private static final Ecdf REFERENCE = ramp(0, 200);
  private static final Ecdf CURRENT = ramp(0.1, 150);

  private static Ecdf ramp(double from, int count) {
    return Ecdf.of(IntStream.range(0, count).mapToDouble(i -> from + (i + 0.5) / count).toArray());
  }

  @Test
  void measuresTheLargestGap() {
    assertThat(KolmogorovSmirnov.distance(REFERENCE, CURRENT)).isCloseTo(0.105, GOLDEN);
    assertThat(KolmogorovSmirnov.distance(CURRENT, REFERENCE)).isCloseTo(0.105, GOLDEN);
    assertThat(KolmogorovSmirnov.test(REFERENCE, CURRENT).pValue())
        .isCloseTo(0.2838135411331729, GOLDEN);
    assertThat(KolmogorovSmirnov.limitingPValue(0.105, 200, 150))
        .isCloseTo(0.2838135411331729, Offset.offset(0.003));
  }

  /** All of the 20 ways in which three values and three others can lie, counted by hand. */
  @ParameterizedTest
  @CsvSource({"0, 1", "0.3, 1", "0.6, 0.6", "1, 0.1"})
  void countsWhatChanceDoesWithFewValues(double distance, double p) {
    assertThat(KolmogorovSmirnov.pValue(distance, 3, 3)).isCloseTo(p, GOLDEN);
  }

  @Test
  void knowsTheLimitingDistribution() {
    // 1 - K(l) of Smirnov's table (1948), at many samples.
    long many = 4_000_000_000L;
    double root = Math.sqrt(many / 2.0);
    assertThat(KolmogorovSmirnov.pValue(1.36 / root, many, many))
        .isCloseTo(0.0495, Offset.offset(1e-4));
    assertThat(KolmogorovSmirnov.pValue(1.63 / root, many, many))
        .isCloseTo(0.0098, Offset.offset(1e-4));
    assertThat(KolmogorovSmirnov.pValue(0, 100, 100)).isEqualTo(1);
    assertThat(KolmogorovSmirnov.pValue(1, 1_000, 1_000)).isBetween(0.0, 1e-300);
  }

  @Test
  void provesNothingByWhatIsNotKnown() {
    KolmogorovSmirnov sketched = KolmogorovSmirnov.test(REFERENCE, CURRENT, 0.12);

    assertThat(sketched.distance()).isCloseTo(0.105, GOLDEN);
    assertThat(sketched.pValue()).isEqualTo(1);
  }

  @Test
  void measuresHowFarSamplesMoved() {
    assertThat(Wasserstein.distance(REFERENCE, CURRENT)).isCloseTo(0.1, GOLDEN);
    assertThat(Wasserstein.distance(CURRENT, REFERENCE)).isCloseTo(0.1, GOLDEN);
    assertThat(Wasserstein.normalised(REFERENCE, CURRENT, 0.001)).isCloseTo(0.3464144917, GOLDEN);
    assertThat(Wasserstein.distance(REFERENCE, REFERENCE)).isZero();
    assertThat(Wasserstein.distance(Ecdf.of(1, 1, 1), Ecdf.of(4))).isCloseTo(3, GOLDEN);
  }

  @Test
  void hasAFloorForWhatNeverVaries() {
    assertThat(Wasserstein.normalised(Ecdf.of(5, 5), Ecdf.of(5.001, 5.001), 0.1))
        .isCloseTo(0.01, GOLDEN);
  }

  @Test
  void weighsBinsThatGrewAndShrank() {
    double[] reference = IntStream.range(0, 10).mapToDouble(i -> 0.1).toArray();
    double[] current = {.05, .06, .08, .09, .10, .10, .11, .12, .14, .15};

    assertThat(PopulationStability.index(reference, current)).isCloseTo(0.0989385379, GOLDEN);
    assertThat(
            PopulationStability.index(
                new double[] {.25, .25, .25, .25}, new double[] {.5, .25, .25, 0}))
        .isCloseTo(2.128515893, GOLDEN);
  }

  @Test
  void knowsWhatFewSamplesExplain() {
    assertThat(PopulationStability.limit(10, 10_000, 200, 0.95))
        .isCloseTo(0.0863, Offset.offset(5e-5));
    assertThat(PopulationStability.limit(10, 10_000, 200, 0.999))
        .isCloseTo(0.1422, Offset.offset(5e-5));
  }

  @Test
  void needsBothEffectAndSamples() {
    Ecdf large = ramp(0, 20_000);

    assertThat(PopulationStability.compare(large, ramp(0.1, 20_000), 10).drifted(0.999)).isTrue();
    assertThat(PopulationStability.compare(large, ramp(0.1, 30), 10).drifted(0.999)).isFalse();
    assertThat(PopulationStability.compare(large, ramp(0.002, 20_000), 10).drifted(0.999))
        .as("significant, and of no importance")
        .isFalse();
  }

  @Test
  void makesOneBinOfAFrequentValue() {
    Ecdf mostlyZero = Ecdf.ofWeighted(new double[] {0, 1, 2}, new double[] {85, 10, 5}, 1_000);
    Ecdf halfZero = Ecdf.ofWeighted(new double[] {0, 1, 2}, new double[] {50, 40, 10}, 1_000);

    PopulationStability.Result same = PopulationStability.compare(mostlyZero, mostlyZero, 10);
    PopulationStability.Result moved = PopulationStability.compare(mostlyZero, halfZero, 10);

    assertThat(same.bins()).isBetween(2, 3);
    assertThat(same.index()).isCloseTo(0, GOLDEN);
    assertThat(moved.drifted(0.999)).isTrue();
    assertThat(PopulationStability.compare(Ecdf.of(1), Ecdf.of(2), 10).drifted(0.999)).isFalse();
  }
}
