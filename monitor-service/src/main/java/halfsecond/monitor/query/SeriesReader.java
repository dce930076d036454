// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.query;

import halfsecond.monitor.catalogue.Metric;
import halfsecond.monitor.window.Aggregate;
import halfsecond.monitor.window.TimeSpan;
import halfsecond.monitor.window.Who;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Answers how metrics went over time. Safe for use by any thread. */
public final class SeriesReader {
  private static final double NANOS = 1e9;

  private final Histories histories;

  public SeriesReader(Histories histories) {
    this.histories = histories;
  }

  /**
   * Reads a metric.
   *
   * @throws halfsecond.common.error.SpeechException {@code FIELD_INVALID} if the step is out of its
   *     limits or there are too many
   */
  public SeriesAnswer read(SeriesQuery query, Instant now) {
    Grid grid = Grid.of(query.span(), query.step(), histories.widthAt(query.span().start(), now));
    List<SeriesAnswer.Line> lines = new ArrayList<>();
    for (Who who : query.of()) {
      lines.add(new SeriesAnswer.Line(who, points(query, who, grid, now)));
    }
    return new SeriesAnswer(grid.step(), lines);
  }

  private List<SeriesAnswer.Point> points(SeriesQuery query, Who who, Grid grid, Instant now) {
    Metric.Kind kind = query.metric().kind();
    NavigableMap<TimeSpan, Aggregate> steps = steps(query, who, grid, now);
    Baseline baseline = Baseline.of(histories, query, who, grid, now);
    steps.keySet().forEach(baseline::prepare);
    List<SeriesAnswer.Point> points = new ArrayList<>();
    for (Map.Entry<TimeSpan, Aggregate> entry : steps.entrySet()) {
      TimeSpan step = entry.getKey();
      Aggregate sum = entry.getValue();
      double seconds = secondsOver(step, now);
      points.add(
          new SeriesAnswer.Point(
              step.start(),
              MainNumber.count(kind, sum),
              MainNumber.of(kind, sum, seconds),
              sum.values(),
              baseline.band(step, sum, seconds)));
    }
    return points;
  }

  /** Those with samples, in order of time. */
  private NavigableMap<TimeSpan, Aggregate> steps(
      SeriesQuery query, Who who, Grid grid, Instant now) {
    NavigableMap<TimeSpan, Aggregate> steps = new TreeMap<>(Comparator.comparing(TimeSpan::start));
    histories
        .of(query.metric(), who, grid.span(), now)
        .forEach(
            (start, window) ->
                steps.computeIfAbsent(grid.stepAt(start), it -> new Aggregate()).merge(window));
    steps.values().removeIf(sum -> MainNumber.count(query.metric().kind(), sum) == 0);
    return steps;
  }

  /** Of a step that goes on only what has passed: else its rates would begin low. */
  private static double secondsOver(TimeSpan step, Instant now) {
    Instant end = now.isBefore(step.end()) ? now : step.end();
    double seconds = Duration.between(step.start(), end).toNanos() / NANOS;
    return Math.max(1, seconds);
  }
}
