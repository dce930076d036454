// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.reference;

import halfsecond.monitor.window.TimeSpan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;

/** References that move along with time. */
public enum Rolling {
  /** The same hours of each of the seven days before: what is used unless told otherwise. */
  SAME_HOURS,
  /** The same hours yesterday. */
  HOUR_YESTERDAY,
  /** The same hours of the same weekday last week. */
  HOUR_LAST_WEEK,
  /** Each of the seven days before, from midnight to midnight by UTC. */
  LAST_WEEK;

  private static final int WEEK = 7;
  private static final Duration DAY = Duration.ofDays(1);

  /**
   * What a span is compared with, the latest first. Hours of a day are those of the windows that
   * are left after a day. A span longer than a day is compared with as many days before it, as
   * often as they fit into a week, and once at least.
   *
   * @param hour width of those windows
   */
  public List<TimeSpan> before(TimeSpan span, Duration hour) {
    TimeSpan whole = widened(span, this == LAST_WEEK ? DAY : hour);
    long length = Duration.between(whole.start(), whole.end()).toSeconds();
    long days = Math.max(1, -Math.floorDiv(-length, DAY.toSeconds()));
    return daysBack(days).stream()
        .map(DAY::multipliedBy)
        .map(back -> new TimeSpan(whole.start().minus(back), whole.end().minus(back)))
        .toList();
  }

  private List<Long> daysBack(long days) {
    return switch (this) {
      case SAME_HOURS, LAST_WEEK ->
          LongStream.rangeClosed(1, Math.max(1, WEEK / days)).mapToObj(it -> it * days).toList();
      case HOUR_YESTERDAY -> List.of(days);
      case HOUR_LAST_WEEK -> List.of((days + WEEK - 1) / WEEK * WEEK);
    };
  }

  private static TimeSpan widened(TimeSpan span, Duration width) {
    long seconds = width.toSeconds();
    long from = Math.floorDiv(span.start().getEpochSecond(), seconds) * seconds;
    long to = -Math.floorDiv(-span.end().getEpochSecond(), seconds) * seconds;
    return new TimeSpan(Instant.ofEpochSecond(from), Instant.ofEpochSecond(to));
  }
}
