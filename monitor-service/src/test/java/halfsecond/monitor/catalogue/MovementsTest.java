// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class MovementsTest {
  private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

  private final Movements movements = new Movements();

  @Test
  void theFirstSampleAndTheSameAgainAreNoMovement() {
    sampled(Metric.Kind.GAUGE, 5, 0);
    sampled(Metric.Kind.GAUGE, 5, 10);

    assertThat(movements.lastMoved()).isEmpty();
  }

  @Test
  void movesWhenASampleDiffersFromTheOneBefore() {
    sampled(Metric.Kind.DISTRIBUTION, 5, 0);
    sampled(Metric.Kind.DISTRIBUTION, 6, 10);
    sampled(Metric.Kind.DISTRIBUTION, 6, 20);

    assertThat(movements.lastMoved()).contains(START.plusSeconds(10));
  }

  @Test
  void aCounterMovesWithEveryIncrement() {
    sampled(Metric.Kind.COUNTER, 1, 0);
    sampled(Metric.Kind.COUNTER, 1, 10);
    sampled(Metric.Kind.COUNTER, 0, 20);

    assertThat(movements.lastMoved()).contains(START.plusSeconds(10));
  }

  @Test
  void aLateSampleTakesNothingBack() {
    sampled(Metric.Kind.COUNTER, 1, 10);
    sampled(Metric.Kind.COUNTER, 1, 0);

    assertThat(movements.lastMoved()).contains(START.plusSeconds(10));
  }

  private void sampled(Metric.Kind kind, double value, int second) {
    movements.sampled(kind, value, START.plusSeconds(second));
  }
}
