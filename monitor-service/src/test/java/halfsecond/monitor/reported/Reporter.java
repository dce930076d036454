// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.reported;

import halfsecond.monitor.catalogue.BudgetShares;
import halfsecond.monitor.catalogue.Metric;
import halfsecond.monitor.catalogue.MetricCatalogue;
import halfsecond.monitor.catalogue.TestKind;
import halfsecond.monitor.metric.MetricWindows;
import halfsecond.monitor.metric.StageSample;
import halfsecond.monitor.query.Histories;
import halfsecond.monitor.query.SeriesReader;
import halfsecond.monitor.record.Stage;
import halfsecond.monitor.window.SeriesLimits;
import halfsecond.monitor.window.UtteranceWindows;
import halfsecond.monitor.window.Who;
import halfsecond.monitor.window.WindowLayout;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reports a metric every minute and lets it be judged. */
final class Reporter {
  static final Instant BEGIN = Instant.parse("2026-03-02T00:00:00Z");
  static final Duration DAY = Duration.ofDays(1);

  private static final WindowLayout LAYOUT =
      new WindowLayout(
          List.of(
              new WindowLayout.Level(Duration.ofMinutes(1), Duration.ofHours(1)),
              new WindowLayout.Level(Duration.ofMinutes(15), DAY),
              new WindowLayout.Level(Duration.ofHours(1), Duration.ofDays(15))));

  private final MetricCatalogue catalogue = MetricCatalogue.builtIn();
  private final MetricWindows windows = new MetricWindows(catalogue, LAYOUT);
  private final Map<String, ReportedAlarm> alarms = new LinkedHashMap<>();
  final ReportedWatch watch;
  final List<String> lost = new ArrayList<>();
  private Instant now = BEGIN;

  Reporter() {
    UtteranceWindows utterances =
        new UtteranceWindows(
            LAYOUT, new SeriesLimits(2, 2, 2), new BudgetShares(0.4, 0.1, 0.4, 0.1));
    watch = new ReportedWatch(windows, new SeriesReader(new Histories(utterances, windows)));
  }

  Reporter declare(String name, Metric.Kind kind, Metric.Direction direction, TestKind test) {
    catalogue.declare(
        new Metric(
            name,
            Stage.ASR,
            kind,
            "1",
            direction,
            test,
            "Made for a test.",
            Metric.Source.DECLARED));
    return this;
  }

  Instant now() {
    return now;
  }

  /** A sample a minute, made of the minute since the beginning. */
  void report(String metric, Duration length, Function<Integer, StageSample.Value> value) {
    report(metric, Who.ALL, length, value);
  }

  void report(String metric, Who who, Duration length, Function<Integer, StageSample.Value> value) {
    Instant end = now.plus(length);
    while (now.isBefore(end)) {
      int minute = Math.toIntExact(Duration.between(BEGIN, now).toMinutes());
      windows.add(new StageSample(metric, now, who, value.apply(minute)), "it", now);
      pass(Duration.ofMinutes(1));
    }
  }

  void add(String metric, Who who, StageSample.Value value) {
    windows.add(new StageSample(metric, now, who, value), "it", now);
  }

  /** A minute or more in which nothing is reported. */
  void pass(Duration length) {
    Instant end = now.plus(length);
    while (now.isBefore(end)) {
      now = now.plus(Duration.ofMinutes(1));
      watch.tick(now.plusSeconds(20));
      watch.takeChanges().forEach(it -> alarms.put(it.id(), it));
      lost.addAll(watch.takeLost());
    }
  }

  /** All that were said so far, as they are now. */
  List<ReportedAlarm> alarms() {
    return List.copyOf(alarms.values());
  }

  List<ReportedAlarm> fired() {
    return alarms.values().stream().filter(it -> it.fired().isPresent()).toList();
  }

  ReportedAlarm only() {
    List<ReportedAlarm> all = fired();
    if (all.size() != 1) {
      throw new AssertionError("alarms: " + all);
    }
    return all.get(0);
  }
}
