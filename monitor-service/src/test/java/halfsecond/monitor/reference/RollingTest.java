// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.reference;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.monitor.window.TimeSpan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RollingTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void theSameHoursAreThoseOfEachDayOfTheWeekBefore() {
    List<TimeSpan> spans =
        Rolling.SAME_HOURS.before(span("2026-11-22T12:10:00Z", "2026-11-22T12:11:00Z"), HOUR);

    assertThat(spans).hasSize(7);
    assertThat(spans.get(0)).isEqualTo(span("2026-11-21T12:00:00Z", "2026-11-21T13:00:00Z"));
    assertThat(spans.get(6)).isEqualTo(span("2026-11-15T12:00:00Z", "2026-11-15T13:00:00Z"));
  }

  @Test
  void aSpanOfDaysIsComparedWithAsManyDaysBefore() {
    List<TimeSpan> spans =
        Rolling.SAME_HOURS.before(span("2026-11-19T00:00:00Z", "2026-11-22T00:00:00Z"), HOUR);

    assertThat(spans)
        .containsExactly(
            span("2026-11-16T00:00:00Z", "2026-11-19T00:00:00Z"),
            span("2026-11-13T00:00:00Z", "2026-11-16T00:00:00Z"));
    assertThat(
            Rolling.SAME_HOURS.before(span("2026-11-01T00:00:00Z", "2026-11-11T00:00:00Z"), HOUR))
        .containsExactly(span("2026-10-22T00:00:00Z", "2026-11-01T00:00:00Z"));
  }

  @Test
  void yesterdayAndLastWeekAreOneSpanEach() {
    TimeSpan noon = span("2026-11-22T12:10:00Z", "2026-11-22T12:11:00Z");

    assertThat(Rolling.HOUR_YESTERDAY.before(noon, HOUR))
        .containsExactly(span("2026-11-21T12:00:00Z", "2026-11-21T13:00:00Z"));
    assertThat(Rolling.HOUR_LAST_WEEK.before(noon, HOUR))
        .containsExactly(span("2026-11-15T12:00:00Z", "2026-11-15T13:00:00Z"));
  }

  @Test
  void theLastWeekIsSevenWholeDays() {
    List<TimeSpan> spans =
        Rolling.LAST_WEEK.before(span("2026-11-22T12:10:00Z", "2026-11-22T12:11:00Z"), HOUR);

    assertThat(spans).hasSize(7);
    assertThat(spans.get(0)).isEqualTo(span("2026-11-21T00:00:00Z", "2026-11-22T00:00:00Z"));
  }

  private static TimeSpan span(String from, String to) {
    return new TimeSpan(Instant.parse(from), Instant.parse(to));
  }
}
