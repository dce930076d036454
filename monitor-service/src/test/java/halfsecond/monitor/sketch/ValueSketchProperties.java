// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for any values in any order. Seeds are in the names of the cases. */
final class ValueSketchProperties {
  private static final double[] RANKS = {0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999};

  /**
   * The sketch flips coins of its own, and states its error at three standard deviations. Twice
   * that is six: never, in the life of this test.
   */
  private static final double SAFETY = 2;

  /** Some shape of data. */
  record Case(String shape, long seed, int size, int parts, ToDoubleFunction<Random> value) {
    @Override
    public String toString() {
      return shape + " seed=" + seed + " size=" + size + " parts=" + parts;
    }
  }

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (long seed = 1; seed <= 3; seed++) {
      for (int size : new int[] {10, 64, 65, 500, 5_000, 50_000}) {
        for (int parts : new int[] {1, 7, 100}) {
          cases.add(
              new Case("latency", seed, size, parts, r -> 0.2 + Math.exp(r.nextGaussian() - 3)));
          cases.add(new Case("uniform", seed, size, parts, Random::nextDouble));
          cases.add(
              new Case(
                  "two humps",
                  seed,
                  size,
                  parts,
                  r -> r.nextInt(7) == 0 ? 100 + r.nextDouble() : r.nextDouble()));
          cases.add(new Case("many ties", seed, size, parts, r -> r.nextInt(5) * 20));
        }
      }
    }
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void quantilesLieWithinTheStatedErrorHoweverPartsAreMerged(Case data) {
    Random random = new Random(data.seed());
    double[] values = new double[data.size()];
    List<ValueSketch> parts = new ArrayList<>();
    for (int i = 0; i < data.parts(); i++) {
      parts.add(new ValueSketch());
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) data.value().applyAsDouble(random);
      parts.get(random.nextInt(parts.size())).add(values[i]);
    }
    Collections.shuffle(parts, random);

    ValueSketch merged = new ValueSketch();
    parts.forEach(merged::merge);

    Arrays.sort(values);
    for (double rank : RANKS) {
      double error = distance(values, merged.quantile(rank), rank);
      assertThat(error)
          .as("rank %s", rank)
          .isLessThanOrEqualTo(SAFETY * merged.rankError(rank) + 1e-9);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void countsAndExtremesDoNotDependOnTheOrderOfMerging(Case data) {
    Random random = new Random(data.seed());
    List<ValueSketch> parts = new ArrayList<>();
    for (int i = 0; i < data.parts(); i++) {
      parts.add(new ValueSketch());
    }
    for (int i = 0; i < data.size(); i++) {
      parts.get(random.nextInt(parts.size())).add(data.value().applyAsDouble(random));
    }

    ValueSketch forwards = new ValueSketch();
    parts.forEach(forwards::merge);
    Collections.reverse(parts);
    ValueSketch backwards = new ValueSketch();
    parts.forEach(backwards::merge);

    assertThat(forwards.count()).isEqualTo(backwards.count()).isEqualTo(data.size());
    assertThat(forwards.minimum()).isEqualTo(backwards.minimum());
    assertThat(forwards.maximum()).isEqualTo(backwards.maximum());
    assertThat(forwards.mean()).isCloseTo(backwards.mean(), within(1e-9 * forwards.maximum()));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void quantilesNeverDecreaseWithTheRank(Case data) {
    Random random = new Random(data.seed());
    ValueSketch sketch = new ValueSketch();
    for (int i = 0; i < data.size(); i++) {
      sketch.add(data.value().applyAsDouble(random));
    }

    double before = sketch.quantile(0);
    for (double rank : RANKS) {
      double value = sketch.quantile(rank);
      assertThat(value).isGreaterThanOrEqualTo(before);
      before = value;
    }
    assertThat(sketch.quantile(1)).isGreaterThanOrEqualTo(before);
  }

  /** How far {@code rank} is from the ranks that {@code value} has among the sorted values. */
  private static double distance(double[] sorted, double value, double rank) {
    long below = Arrays.stream(sorted).filter(v -> v < value).count();
    long upTo = Arrays.stream(sorted).filter(v -> v <= value).count();
    double least = (double) below / sorted.length;
    double most = (double) upTo / sorted.length;
    return rank < least ? least - rank : Math.max(0, rank - most);
  }
}
