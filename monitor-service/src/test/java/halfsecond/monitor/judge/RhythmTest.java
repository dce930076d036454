// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Values scatter by 1 about what their hour is like. */
final class RhythmTest {
  private static final int HOURS = 24;

  private final Random random = new Random(7);
  private final long[] counts = new long[HOURS];
  private final double[] sums = new double[HOURS];

  @Test
  void aWaveIsKnownFromFewValuesOfEachHour() {
    IntToDoubleFunction wave = hour -> 0.3 * Math.cos(2 * Math.PI * (hour + 0.5 - 21) / HOURS);
    double squares = 0;
    for (int run = 0; run < 100; run++) {
      Arrays.fill(counts, 0);
      Arrays.fill(sums, 0);
      for (int hour = 0; hour < HOURS; hour++) {
        values(hour, 100, wave.applyAsDouble(hour));
      }
      Rhythm rhythm = new Rhythm(counts, sums, 1);
      for (int hour = 0; hour < HOURS; hour++) {
        double off = rhythm.mean(hour) - wave.applyAsDouble(hour);
        squares += off * off / HOURS / 100;
      }
    }

    // A hundred values by themselves are off by 0.1.
    assertThat(Math.sqrt(squares)).isLessThan(0.055);
  }

  @Test
  void hoursThatOnlySeemToDifferAreNearlyOne() {
    double squares = 0;
    for (int run = 0; run < 100; run++) {
      Arrays.fill(counts, 0);
      Arrays.fill(sums, 0);
      for (int hour = 0; hour < HOURS; hour++) {
        values(hour, 100, 5);
      }
      Rhythm rhythm = new Rhythm(counts, sums, 1);
      for (int hour = 0; hour < HOURS; hour++) {
        squares += Math.pow(rhythm.mean(hour) - 5, 2) / HOURS / 100;
      }
    }

    assertThat(Math.sqrt(squares)).isLessThan(0.05);
  }

  @Test
  void anHourThatNoWaveExplainsIsLearnedFromItsOwnValues() {
    for (int hour = 0; hour < HOURS; hour++) {
      values(hour, 10_000, hour == 8 ? 2 : 0);
    }
    Rhythm rhythm = new Rhythm(counts, sums, 1);

    assertThat(rhythm.mean(8)).isCloseTo(2, within(0.05));
    assertThat(rhythm.mean(9)).isCloseTo(0, within(0.05));
    assertThat(rhythm.mean(20)).isCloseTo(0, within(0.05));
  }

  @Test
  void anHourWithoutValuesLiesOnTheWaveOfTheOthers() {
    for (int hour = 0; hour < HOURS; hour++) {
      if (hour != 3) {
        values(hour, 10_000, Math.sin(2 * Math.PI * (hour + 0.5) / HOURS));
      }
    }

    assertThat(new Rhythm(counts, sums, 1).mean(3))
        .isCloseTo(Math.sin(2 * Math.PI * 3.5 / HOURS), within(0.1));
  }

  @Test
  void aFewHoursShowNoWave() {
    values(9, 1_000, 1);
    values(10, 1_000, 2);
    values(11, 1_000, 3);

    Rhythm rhythm = new Rhythm(counts, sums, 1);

    assertThat(rhythm.mean(21)).isCloseTo(2, within(0.2));
    assertThat(rhythm.mean(9)).isEqualTo(rhythm.mean(21));
  }

  @Test
  void withoutScatterEachHourIsWhatItIs() {
    for (int hour = 0; hour < HOURS; hour++) {
      counts[hour] = 10;
      sums[hour] = 10.0 * (hour * hour % 7);
    }
    Rhythm rhythm = new Rhythm(counts, sums, 0);

    for (int hour = 0; hour < HOURS; hour++) {
      assertThat(rhythm.mean(hour)).isCloseTo(hour * hour % 7, within(1e-9));
    }
  }

  @Test
  void whereDaysAreNotToldApartThereIsOneMean() {
    Rhythm rhythm = new Rhythm(new long[] {4}, new double[] {10}, 1);

    assertThat(rhythm.mean(0)).isEqualTo(2.5);
  }

  private void values(int hour, int count, double mean) {
    counts[hour] += count;
    for (int i = 0; i < count; i++) {
      sums[hour] += mean + random.nextGaussian();
    }
  }
}
