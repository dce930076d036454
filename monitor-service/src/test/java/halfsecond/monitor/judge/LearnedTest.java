// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class LearnedTest {
  private static final Instant MIDNIGHT = Instant.parse("2026-03-02T00:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration FOREVER = Duration.ofDays(1_000);

  private Instant now = MIDNIGHT;

  /** Three days at most, from 100 values on: 34 a day. */
  @Nested
  class OfDays {
    private final Learned learned = new Learned(true, new Pace(DAY, 3, 100, 19, FOREVER));

    @Test
    void knowsNothingUntilADayIsOver() {
      add(learned, 200, 5);
      assertThat(learned.reference()).isNull();

      tomorrow();
      add(learned, 1, 5);
      assertThat(reference(learned).count()).isEqualTo(200);
    }

    @Test
    void leavesOutADayOfWhichHoursAreMissing() {
      now = MIDNIGHT.plus(Duration.ofHours(5));
      add(learned, 200, 9);
      tomorrow();
      add(learned, 200, 5);
      assertThat(learned.reference()).isNull();

      tomorrow();
      add(learned, 1, 5);
      assertThat(reference(learned).mean()).isEqualTo(5);
    }

    @Test
    void leavesOutADayThatWasDisturbed() {
      add(learned, 200, 9);
      learned.disturb();
      tomorrow();
      add(learned, 200, 5);
      tomorrow();
      add(learned, 1, 5);

      assertThat(reference(learned).mean()).isEqualTo(5);
    }

    @Test
    void stopsAtTheMostDaysSoThatASlowChangeIsNotLearned() {
      for (int day = 0; day < 10; day++) {
        add(learned, 200, day);
        tomorrow();
      }

      assertThat(reference(learned).count()).isEqualTo(600);
      assertThat(reference(learned).mean()).isEqualTo(1);
    }

    @Test
    void letsAThinDayLastIntoTheNext() {
      for (int day = 0; day < 9; day++) {
        add(learned, 12, day);
        tomorrow();
      }
      assertThat(learned.reference()).as("3 x 36 values, the last not over").isNull();

      add(learned, 1, 5);
      assertThat(reference(learned).count()).isEqualTo(108);
      assertThat(reference(learned).periodDeviation())
          .as("between means of three days: 1, 4 and 7")
          .isCloseTo(3, within(1e-9));
    }

    @Test
    void doesNotMindRecordsThatAreLate() {
      tomorrow();
      add(learned, 200, 5);
      now = now.minus(DAY);
      add(learned, 200, 5);
      now = now.plus(DAY).plus(DAY);
      add(learned, 1, 5);

      assertThat(reference(learned).count()).isEqualTo(400);
    }

    @Test
    void tellsTheHoursApart() {
      for (int hour = 0; hour < 24; hour++) {
        now = MIDNIGHT.plus(Duration.ofHours(hour));
        add(learned, 900, hour < 12 ? 1 : 3);
      }
      tomorrow();
      add(learned, 1, 2);

      assertThat(reference(learned).mean()).isEqualTo(2);
      Instant morning = MIDNIGHT.plus(Duration.ofDays(5)).plus(Duration.ofHours(3));
      assertThat(reference(learned).expected(morning)).isCloseTo(1, within(0.01));
      assertThat(reference(learned).expected(morning.plus(Duration.ofHours(12))))
          .isCloseTo(3, within(0.01));
    }
  }

  /** Minutes: there is no rhythm, and nothing is missing of a period that has begun. */
  @Nested
  class OfMinutes {
    private final Learned learned =
        new Learned(true, new Pace(Duration.ofMinutes(5), 1, 200, 12, FOREVER));

    @Test
    void knowsAfterTheFirstPeriodWithEnough() {
      now = MIDNIGHT.plus(Duration.ofMinutes(2));
      add(learned, 300, 5);
      now = MIDNIGHT.plus(Duration.ofMinutes(5));
      add(learned, 1, 5);

      assertThat(reference(learned).count()).isEqualTo(300);
    }

    @Test
    void expectsTheSameAtEveryHour() {
      now = MIDNIGHT.plus(Duration.ofMinutes(57));
      add(learned, 300, 5);
      now = now.plus(Duration.ofMinutes(3));
      add(learned, 1, 9);

      assertThat(reference(learned).expected(now)).isEqualTo(5);
      assertThat(reference(learned).expected(now.plus(Duration.ofHours(7)))).isEqualTo(5);
    }
  }

  private static Reference reference(Learned learned) {
    return Objects.requireNonNull(learned.reference(), "nothing is known yet");
  }

  private void add(Learned learned, int count, double value) {
    for (int i = 0; i < count; i++) {
      learned.add(value, now);
    }
  }

  private void tomorrow() {
    now = now.plus(DAY);
  }
}
