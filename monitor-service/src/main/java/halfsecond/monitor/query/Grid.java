// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.query;

import halfsecond.monitor.record.Limits;
import halfsecond.monitor.window.TimeSpan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a series: all of one width, each beginning at a multiple of it since 1970. No window
 * lies in two of them.
 *
 * @param span whole steps
 */
record Grid(Duration step, TimeSpan span) {
  private static final int MOST_STEPS = 2_000;
  private static final int GOOD_STEPS = 200;
  private static final Duration LEAST = Duration.ofMinutes(1);
  private static final Duration MOST = Duration.ofDays(7);

  /** What people count time in, in minutes. */
  private static final List<Integer> NICE =
      List.of(1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1_440, 10_080);

  /**
   * Fits steps to a span.
   *
   * @param asked 1 min to 7 d in whole minutes; null for about {@value #GOOD_STEPS} of them
   * @param window width of the widest windows within; steps are whole windows
   * @throws halfsecond.common.error.SpeechException {@code FIELD_INVALID} if the step is out of its
   *     limits or there are more than {@value #MOST_STEPS} of them
   */
  static Grid of(TimeSpan span, @Nullable Duration asked, Duration window) {
    long length = Duration.between(span.start(), span.end()).toSeconds();
    Duration wanted = asked == null ? nice(length / GOOD_STEPS) : checked(asked);
    Limits.check(
        length / wanted.toSeconds() <= MOST_STEPS,
        asked == null ? "range" : "step",
        "such that there are at most " + MOST_STEPS + " steps");
    long width = window.toSeconds();
    long step = (wanted.toSeconds() + width - 1) / width * width;
    long from = Math.floorDiv(span.start().getEpochSecond(), step) * step;
    long to = -Math.floorDiv(-span.end().getEpochSecond(), step) * step;
    return new Grid(
        Duration.ofSeconds(step),
        new TimeSpan(Instant.ofEpochSecond(from), Instant.ofEpochSecond(to)));
  }

  /** The step that a time is in. */
  TimeSpan stepAt(Instant time) {
    long width = step.toSeconds();
    Instant start = Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), width) * width);
    return new TimeSpan(start, start.plus(step));
  }

  private static Duration nice(long seconds) {
    int minutes =
        NICE.stream()
            .filter(it -> it * 60L >= seconds)
            .findFirst()
            .orElse(NICE.get(NICE.size() - 1));
    return Duration.ofMinutes(minutes);
  }

  private static Duration checked(Duration asked) {
    Limits.check(
        asked.compareTo(LEAST) >= 0
            && asked.compareTo(MOST) <= 0
            && asked.equals(Duration.ofMinutes(asked.toMinutes())),
        "step",
        "1 min to 7 d in whole minutes");
    return asked;
  }
}
