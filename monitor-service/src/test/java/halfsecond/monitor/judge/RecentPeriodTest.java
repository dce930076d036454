// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RecentPeriodTest {
  private static final Instant MIDNIGHT = Instant.parse("2026-03-02T00:00:00Z");
  private static final int PARTS = 24;

  @ParameterizedTest
  @ValueSource(strings = {"PT12S", "PT5M", "PT24H", "PT168H"})
  void holdsTheLatestPeriodAndNothingBefore(Duration period) {
    Duration part = period.dividedBy(PARTS);
    RecentPeriod recent = recent(period, 40);
    Instant now = MIDNIGHT;
    for (int i = 0; i < 2 * PARTS; i++) {
      recent.add(i, now, true);
      now = now.plus(part);
    }
    now = now.minus(part);

    RecentPeriod.Values values = values(recent, now);

    assertThat(values.count()).isEqualTo(PARTS);
    assertThat(values.sketch().minimum()).isEqualTo(PARTS);
    assertThat(values.sketch().maximum()).isEqualTo(2 * PARTS - 1);
    assertThat(values.sum()).isEqualTo(values.sketch().sum());
  }

  @Test
  void saysNothingBeforeAWholePeriodIsKnown() {
    RecentPeriod recent = recent(Duration.ofDays(1), 2);
    fill(recent, MIDNIGHT, 100);

    assertThat(recent.values(MIDNIGHT.plus(Duration.ofHours(22)))).isNull();
    assertThat(recent.values(MIDNIGHT.plus(Duration.ofHours(24)))).isNull();
    fill(recent, MIDNIGHT.plus(Duration.ofHours(24)), 100);
    assertThat(values(recent, MIDNIGHT.plus(Duration.ofHours(24))).count()).isEqualTo(100);
  }

  @Test
  void saysNothingOfTooFew() {
    RecentPeriod recent = recent(Duration.ofDays(1), 200);
    fill(recent, MIDNIGHT, 1);
    fill(recent, MIDNIGHT.plus(Duration.ofHours(30)), 99);
    Instant now = MIDNIGHT.plus(Duration.ofHours(31));

    assertThat(recent.values(now)).isNull();
    fill(recent, now, 1);
    assertThat(values(recent, now).count()).isEqualTo(100);
  }

  @Test
  void leavesOutWhatComesADayLate() {
    RecentPeriod recent = recent(Duration.ofDays(1), 2);
    fill(recent, MIDNIGHT, 1);
    Instant now = MIDNIGHT.plus(Duration.ofHours(25));
    fill(recent, now, 10);

    fill(recent, now.minus(Duration.ofHours(24)), 1_000);

    assertThat(values(recent, now).count()).isEqualTo(10);
  }

  @Test
  void takesAnHourMoreForWhatIsHoursLate() {
    RecentPeriod recent = recent(Duration.ofDays(1), 2);
    fill(recent, MIDNIGHT, 1);
    Instant now = MIDNIGHT.plus(Duration.ofHours(25));
    fill(recent, now, 10);

    fill(recent, now.minus(Duration.ofHours(3)), 1_000);

    assertThat(values(recent, now).count()).isEqualTo(1_010);
  }

  @Test
  void keepsNoDistributionOfRates() {
    RecentPeriod recent = recent(Duration.ofDays(1), 2);
    recent.add(1, MIDNIGHT, false);
    Instant now = MIDNIGHT.plus(Duration.ofHours(25));
    recent.add(1, now, false);
    recent.add(0, now, false);

    RecentPeriod.Values values = values(recent, now);

    assertThat(values.sum()).isEqualTo(1);
    assertThat(values.sketch().count()).isZero();
  }

  @Test
  void beginsAnewOnceItIsCleared() {
    RecentPeriod recent = recent(Duration.ofDays(1), 2);
    fill(recent, MIDNIGHT, 1_000);
    Instant now = MIDNIGHT.plus(Duration.ofHours(30));
    fill(recent, now, 1_000);

    recent.clear();

    assertThat(recent.values(now)).isNull();
    fill(recent, now, 7);
    Instant later = now.plus(Duration.ofHours(24));
    fill(recent, later, 7);
    assertThat(values(recent, later).count()).isEqualTo(7);
  }

  private static RecentPeriod recent(Duration period, long least) {
    return new RecentPeriod(new Pace(period, 1, least, 19, Duration.ofDays(1)));
  }

  private static void fill(RecentPeriod recent, Instant at, int count) {
    for (int i = 0; i < count; i++) {
      recent.add(i, at, true);
    }
  }

  private static RecentPeriod.Values values(RecentPeriod recent, Instant now) {
    return Objects.requireNonNull(recent.values(now), "nothing is known yet");
  }
}
