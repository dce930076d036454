// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PaceTest {
  private static final Duration DAY = Duration.ofDays(1);

  @Test
  void consumersChangeOverMonthsAndBusinessesOvernight() {
    assertThat(Pace.BUSINESS.newNormal()).isLessThan(Pace.CONSUMER.newNormal());
    assertThat(Pace.BUSINESS.least()).isLessThan(Pace.CONSUMER.least());
    assertThat(Pace.CONSUMER.round()).isEqualTo(Duration.ofHours(3));
  }

  @Test
  void onlyWholeDaysHaveHours() {
    assertThat(pace(DAY, 1).phases()).isEqualTo(24);
    assertThat(pace(DAY.multipliedBy(7), 1).phases()).isEqualTo(24);
    assertThat(pace(DAY.minusMillis(1), 1).phases()).isEqualTo(1);
    assertThatIllegalArgumentException().isThrownBy(() -> pace(Duration.ofHours(36), 1));
  }

  @Test
  void refusesWhatIsNoPace() {
    assertThatIllegalArgumentException().isThrownBy(() -> pace(Duration.ofMillis(999), 1));
    assertThatIllegalArgumentException().isThrownBy(() -> pace(DAY, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Pace(DAY, 1, 0, 19, DAY));
    assertThatIllegalArgumentException().isThrownBy(() -> new Pace(DAY, 1, 1, 0, DAY));
    assertThatIllegalArgumentException().isThrownBy(() -> new Pace(DAY, 1, 1, Double.NaN, DAY));
    assertThatIllegalArgumentException().isThrownBy(() -> new Pace(DAY, 1, 1, 19, Duration.ZERO));
  }

  @Test
  void periodsTogetherHaveAsManyValuesAsAreNeeded() {
    assertThat(pace(DAY, 7).leastOfPeriod() * 7).isGreaterThanOrEqualTo(pace(DAY, 7).least());
    assertThat(pace(DAY, 1).leastOfPeriod()).isEqualTo(pace(DAY, 1).least());
  }

  @Test
  void tenantsMayHaveTheirOwn() {
    Paces paces = new Paces(Pace.CONSUMER, Map.of("bank", Pace.BUSINESS));

    assertThat(paces.ofTenant("bank")).isEqualTo(Pace.BUSINESS);
    assertThat(paces.ofTenant("")).isEqualTo(Pace.CONSUMER);
    assertThat(Paces.of(Pace.BUSINESS).ofTenant("anybody")).isEqualTo(Pace.BUSINESS);
  }

  private static Pace pace(Duration period, int periods) {
    return new Pace(period, periods, 1_000, 19, DAY);
  }
}
