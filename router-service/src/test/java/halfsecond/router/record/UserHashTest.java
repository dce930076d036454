// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** Users in records. */
final class UserHashTest {
  private static final class Calendar extends Clock {
    private Instant now = Instant.parse("2026-01-01T23:00:00Z");

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  private final Calendar calendar = new Calendar();
  private final UserHash hash = new UserHash(calendar);

  @Test
  void isTheSameForAUserWithinADayAndHoldsNothingOfTheKey() {
    assertThat(hash.of("alice")).isEqualTo(hash.of("alice")).matches("[0-9a-f]{32}");
    assertThat(hash.of("alice")).isNotEqualTo(hash.of("bob"));
    assertThat(hash.of("")).isEmpty();
  }

  @Test
  void changesAtMidnightAndFromProcessToProcess() {
    String before = hash.of("alice");
    calendar.now = calendar.now.plus(Duration.ofHours(2));

    assertThat(hash.of("alice")).isNotEqualTo(before);
    assertThat(new UserHash(calendar).of("alice")).isNotEqualTo(hash.of("alice"));
  }
}
