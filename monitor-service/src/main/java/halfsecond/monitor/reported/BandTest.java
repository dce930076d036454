// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.reported;

import halfsecond.monitor.catalogue.TestKind;
import halfsecond.monitor.judge.ThresholdInForce;
import halfsecond.monitor.query.Band;
import halfsecond.monitor.query.SeriesAnswer.Point;
import halfsecond.monitor.query.SeriesQuery;
import halfsecond.monitor.query.SeriesReader;
import halfsecond.monitor.window.TimeSpan;
import halfsecond.monitor.window.Who;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Whether the latest step lies in the band that charts show: where the same hours of two days or
 * more, and what chance does with so many samples, say that it should. Of 370 steps one lies
 * outside while all is well, so it takes three in a row.
 */
final class BandTest implements MetricTest {
  /** As far as single minutes are told apart at least. */
  private static final Duration SEEN = Duration.ofMinutes(30);

  private final SeriesReader series;
  private final Who who;

  BandTest(SeriesReader series, Who who) {
    this.series = series;
    this.who = who;
  }

  @Override
  public Duration past() {
    return ReportedWatch.STEP;
  }

  @Override
  public Defaults defaults() {
    return new Defaults(0, 0, 1, ReportedWatch.STEP.multipliedBy(2));
  }

  @Override
  public Optional<Finding> judge(Samples samples, ThresholdInForce inForce) {
    TimeSpan step = samples.latest(ReportedWatch.STEP);
    SeriesQuery query =
        new SeriesQuery(
            samples.metric(), samples.latest(SEEN), ReportedWatch.STEP, List.of(who), null);
    List<Point> points = series.read(query, samples.end()).lines().get(0).points();
    Point latest = points.isEmpty() ? null : points.get(points.size() - 1);
    if (latest == null || !latest.start().equals(step.start())) {
      return Optional.empty();
    }
    Band band = latest.band();
    if (band == null) {
      return Optional.empty();
    }
    double value = latest.value();
    double nearest = Math.min(band.upper(), Math.max(band.lower(), value));
    return Optional.of(
        new Finding(
            !band.contains(value),
            TestKind.ADAPTIVE_BAND,
            step,
            latest.count(),
            0,
            (band.lower() + band.upper()) / 2,
            value,
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            value - nearest,
            Finding.AS_MEASURED,
            value > band.upper() ? band.upper() : band.lower()));
  }
}
