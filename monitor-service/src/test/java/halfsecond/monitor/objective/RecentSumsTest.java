// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.objective;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RecentSumsTest {
  private static final int HOUR = 0;
  private static final int FIVE = 1;

  private final RecentSums sums = new RecentSums(2, 60, 5);

  @Test
  void endsAllWindowsWithTheNewestMinute() {
    for (int minute = 1_000; minute < 1_100; minute++) {
      sums.add(minute, 0, 1);
      sums.add(minute, 1, 3);
    }

    assertThat(sums.sum(0, HOUR)).isEqualTo(60);
    assertThat(sums.sum(0, FIVE)).isEqualTo(5);
    assertThat(sums.sum(1, HOUR)).isEqualTo(180);

    sums.advance(1_102);
    assertThat(sums.sum(0, FIVE)).isEqualTo(2);
    assertThat(sums.sum(0, HOUR)).isEqualTo(57);
  }

  @Test
  void countsWhatComesLateForItsOwnMinute() {
    sums.advance(1_000);

    sums.add(995, 0, 1);
    sums.add(996, 0, 1);
    sums.add(941, 0, 1);
    sums.add(940, 0, 1);

    assertThat(sums.sum(0, FIVE)).isEqualTo(1);
    assertThat(sums.sum(0, HOUR)).isEqualTo(3);
    sums.advance(1_001);
    assertThat(sums.sum(0, HOUR)).isEqualTo(2);
  }

  @Test
  void isEmptyAfterALongTimeWithoutAnything() {
    sums.add(10, 0, 1);

    sums.advance(70);
    assertThat(sums.sum(0, HOUR)).isZero();
    sums.add(1_000_000, 0, 1);
    assertThat(sums.sum(0, HOUR)).isEqualTo(1);
  }

  @Test
  void sumsUpAsAListDoes() {
    Random random = new Random(7);
    Map<Long, Double> all = new HashMap<>();
    long newest = 5_000;
    sums.advance(newest);
    for (int i = 0; i < 5_000; i++) {
      newest += random.nextInt(100) == 0 ? random.nextInt(90) : random.nextInt(2);
      sums.advance(newest);
      long minute = newest - random.nextInt(80);
      sums.add(minute, 0, 1);
      all.merge(minute, 1.0, Double::sum);

      assertThat(sums.sum(0, HOUR)).isEqualTo(since(all, newest - 59));
      assertThat(sums.sum(0, FIVE)).isEqualTo(since(all, newest - 4));
    }
  }

  private static double since(Map<Long, Double> all, long first) {
    return all.entrySet().stream()
        .filter(entry -> entry.getKey() >= first)
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }
}
