// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

final class ReferenceTest {
  private static final Instant AT = Instant.parse("2026-03-02T10:00:00Z");

  private final Random random = new Random(7);

  @Test
  void independentValuesAreWorthWhatTheyCount() {
    Reference reference = Reference.of(List.of(day(50_000, random::nextGaussian)));

    assertThat(reference.mean()).isCloseTo(0, within(0.02));
    assertThat(reference.deviation()).isCloseTo(1, within(0.02));
    assertThat(reference.inflation()).isBetween(1.0, 1.25);
  }

  @Test
  void valuesThatResembleTheirNeighboursAreWorthLess() {
    double[] last = {0};
    Reference reference =
        Reference.of(
            List.of(
                day(
                    50_000,
                    () -> {
                      last[0] = 0.6 * last[0] + 0.8 * random.nextGaussian();
                      return last[0];
                    })));

    // (1 + 0.6) / (1 - 0.6) times the variance of a mean.
    assertThat(reference.inflation()).isBetween(3.0, 5.0);
  }

  @Test
  void inflationHasAnEnd() {
    int[] number = {0};
    Reference reference = Reference.of(List.of(day(50_000, () -> number[0]++ / 1_000 % 2)));

    assertThat(reference.inflation()).isEqualTo(10);
  }

  @Test
  void aSingleValueIsNoReasonToDivideByZero() {
    Reference reference = Reference.of(List.of(day(1, () -> 3)));

    assertThat(reference.mean()).isEqualTo(3);
    assertThat(reference.deviation()).isZero();
    assertThat(reference.inflation()).isEqualTo(1);
    assertThat(reference.periodDeviation()).isZero();
  }

  @Test
  void daysThatDifferAreKnownFromThreeOn() {
    PeriodOfValues low = day(100, () -> 1);
    PeriodOfValues middle = day(100, () -> 2);
    PeriodOfValues high = day(100, () -> 3);

    assertThat(Reference.of(List.of(low, high)).periodDeviation()).isZero();
    assertThat(Reference.of(List.of(low, middle, high)).periodDeviation())
        .isCloseTo(1, within(1e-9));
  }

  @Test
  void ratesKeepNoDistribution() {
    PeriodOfValues events = new PeriodOfValues(false, Pace.CONSUMER);
    events.add(1, AT);

    assertThat(Reference.of(List.of(events)).distribution()).isNull();
    assertThat(Reference.of(List.of(day(10, () -> 1))).distribution()).isNotNull();
  }

  private static PeriodOfValues day(int count, DoubleSupplier values) {
    PeriodOfValues day = new PeriodOfValues(true, Pace.CONSUMER);
    for (int i = 0; i < count; i++) {
      day.add(values.getAsDouble(), AT);
    }
    return day;
  }
}
