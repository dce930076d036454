// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Where River's detectors, and an independent implementation, find the same changes. */
final class ChangeDetectorTest {
  /** 1 and 0 in turn, then 2 and 3. */
  private static double step(int i) {
    return i < 500 ? 1 - i % 2 : 2 + i % 2;
  }

  /** 1 and 0 in turn, then rising by 0.002 with each. */
  private static double ramp(int i) {
    return (i % 2 == 0 ? 1 : 0) + Math.max(0, 0.002 * (i - 500));
  }

  /** Null transcripts: 2 %, then 10 %. */
  private static double nulls(int i) {
    int every = i < 2_000 ? 50 : 10;
    return i % every == every - 1 ? 1 : 0;
  }

  private static List<Integer> found(ChangeDetector detector, IntToDoubleFunction stream, int n) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      if (detector.add(stream.applyAsDouble(i))) {
        found.add(i);
      }
    }
    return found;
  }

  @Test
  void findAStep() {
    assertThat(found(new Adwin(), ChangeDetectorTest::step, 1_000)).containsExactly(543);
    assertThat(found(new PageHinkley(0.005, 50), ChangeDetectorTest::step, 1_000))
        .containsExactly(525);
    assertThat(found(new PageHinkley(0.005, 10), ChangeDetectorTest::step, 1_000))
        .containsExactly(505);
    assertThat(found(new Cusum(0.5, 0.5, 0.5, 5), ChangeDetectorTest::step, 502))
        .containsExactly(501);
  }

  @Test
  void findASlowRise() {
    assertThat(found(new Adwin(), ChangeDetectorTest::ramp, 1_500)).containsExactly(799, 1215);
    assertThat(found(new PageHinkley(0.005, 50), ChangeDetectorTest::ramp, 1_500))
        .containsExactly(742, 1060, 1378);
    assertThat(found(new PageHinkley(0.005, 10), ChangeDetectorTest::ramp, 1_500))
        .startsWith(604, 740, 876, 1012);
  }

  @Test
  void findMoreNullTranscripts() {
    assertThat(found(new Adwin(), ChangeDetectorTest::nulls, 4_000)).containsExactly(2463);
    assertThat(found(new PageHinkley(0.005, 50), ChangeDetectorTest::nulls, 4_000))
        .startsWith(2829);
    assertThat(found(new PageHinkley(0.02, 5), ChangeDetectorTest::nulls, 4_000)).startsWith(2069);
    assertThat(found(new PageHinkley(0.02, 3), ChangeDetectorTest::nulls, 4_000)).startsWith(2039);
  }

  @Test
  void findAFallToo() {
    assertThat(found(Cusum.of(0.5, 0.5), i -> step(i) * (i < 500 ? 1 : -1), 1_000)).isNotEmpty();
    assertThat(found(new Adwin(), i -> -step(i), 1_000)).containsExactly(543);
  }

  @Test
  void stayQuietWhereNothingChanges() {
    int alarms = 0;
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      alarms += found(Cusum.of(0, 1), i -> random.nextGaussian(), 1_000).isEmpty() ? 0 : 1;
    }
    assertThat(alarms).as("streams with a false alarm, of 100").isLessThanOrEqualTo(5);
  }

  @Test
  void remembersLittleOfALongStream() {
    Adwin adwin = new Adwin();
    Random random = new Random(1);
    int changes = found(adwin, i -> random.nextGaussian(), 100_000).size();

    assertThat(changes).isLessThanOrEqualTo(2);
    assertThat(adwin.width()).isGreaterThan(1_000);
    assertThat(adwin.mean()).isBetween(-0.1, 0.1);
  }
}
