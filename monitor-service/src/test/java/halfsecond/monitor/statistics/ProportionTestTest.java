// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of statsmodels 0.13.5 and scipy 1.10.1. */
final class ProportionTestTest {
  private static final Offset<Double> GOLDEN = Offset.offset(1e-6);

  @ParameterizedTest
  @CsvSource({
    "120, 1000, 100, 1000, 1.4293008498, 0.1529177819, -0.0074922, 0.0475507",
    "480, 4000, 400, 4000, 2.8586016996, 0.0042551269,  0.0062879, 0.0337271",
    " 30, 1000,  12, 1000, 2.8070911436, 0.0049991095,  0.0054392, 0.0315120",
  })
  void comparesTwoRates(
      long events, long trials, long was, long of, double z, double p, double low, double high) {
    Proportion current = new Proportion(events, trials);
    Proportion reference = new Proportion(was, of);

    ProportionTest test = ProportionTest.of(reference, current, 0.95);

    assertThat(ProportionTest.z(reference, current)).isCloseTo(z, GOLDEN);
    assertThat(test.pValue()).isCloseTo(p, GOLDEN);
    assertThat(test.exact()).isFalse();
    assertThat(test.difference()).isCloseTo(current.rate() - reference.rate(), GOLDEN);
    assertThat(test.interval().low()).isCloseTo(low, GOLDEN);
    assertThat(test.interval().high()).isCloseTo(high, GOLDEN);
  }

  @Test
  void isExactWhereEventsAreFew() {
    ProportionTest test = ProportionTest.of(new Proportion(1, 1_800), new Proportion(5, 200), 0.95);

    assertThat(test.exact()).isTrue();
    // The z-test says 2.0e-9.
    assertThat(test.pValue()).isCloseTo(5.26679e-5, Offset.offset(1e-9));
    assertThat(test.interval().low()).isCloseTo(0.0099371, GOLDEN);
    assertThat(test.interval().high()).isCloseTo(0.0566260, GOLDEN);
  }

  @Test
  void isNotSurprisedByNothing() {
    Proportion none = new Proportion(0, 10_000_000);

    assertThat(ProportionTest.of(none, none, 0.95).pValue()).isEqualTo(1);
    assertThat(ProportionTest.of(new Proportion(0, 10), new Proportion(0, 20), 0.95).pValue())
        .isEqualTo(1);
  }

  @Test
  void knowsHowWellARateIsKnown() {
    assertThat(new Proportion(5, 100).interval(0.95).low()).isCloseTo(.0215437, GOLDEN);
    assertThat(new Proportion(5, 100).interval(0.95).high()).isCloseTo(.1117505, GOLDEN);
    assertThat(new Proportion(12, 1000).interval(0.95).low()).isCloseTo(.0068776, GOLDEN);
    assertThat(new Proportion(12, 1000).interval(0.95).high()).isCloseTo(.0208573, GOLDEN);
    assertThat(new Proportion(0, 0).interval(0.95)).isEqualTo(new Proportion.Interval(0, 1));
  }

  @ParameterizedTest
  @CsvSource({"200, 0.0497", "500, 0.0388", "2000, 0.0294"})
  void widensTheChartForSmallSamples(long trials, double limit) {
    assertThat(new Proportion(0, trials).controlLimit(0.02, 3))
        .isCloseTo(limit, Offset.offset(5e-5));
  }

  @Test
  void correctsForManyTests() {
    assertThat(Corrections.holm(.01, .04, .03))
        .containsExactly(new double[] {.03, .06, .06}, GOLDEN);
    assertThat(
            Corrections.benjaminiHochberg(
                .001, .008, .039, .041, .042, .06, .074, .205, .212, .216))
        .containsExactly(
            new double[] {.01, .04, .084, .084, .084, .1, .105714, .216, .216, .216}, GOLDEN);
    assertThat(Corrections.holm()).isEmpty();
  }
}
