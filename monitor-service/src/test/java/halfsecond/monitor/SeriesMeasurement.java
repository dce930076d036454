// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor;

import halfsecond.monitor.catalogue.Metric;
import halfsecond.monitor.catalogue.Metric.Kind;
import halfsecond.monitor.catalogue.MetricCatalogue;
import halfsecond.monitor.metric.MetricWindows;
import halfsecond.monitor.metric.StageSample;
import halfsecond.monitor.record.Stage;
import halfsecond.monitor.window.CohortKey;
import halfsecond.monitor.window.Who;
import halfsecond.monitor.window.WindowLayout;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.DoubleFunction;

/**
 * Measures what metrics that services report take in memory when all places are taken: every window
 * of sixteen days, as many versions and cohorts as are told apart, and as many instances. Run with
 * the class path of the tests and a fixed heap:
 *
 * <pre>{@code
 * java -Xmx2g -cp ... halfsecond.monitor.SeriesMeasurement GAUGE
 * }</pre>
 */
final class SeriesMeasurement {
  private static final Instant END = Instant.parse("2026-11-22T12:00:00Z");
  private static final int DAYS = 16;
  private static final int VERSIONS = 30;
  private static final int METRICS = 20;
  private static final double KIB = 1_024;

  private final Random random = new Random(7);
  private final WindowLayout layout =
      new WindowLayout(
          List.of(
              new WindowLayout.Level(Duration.ofMinutes(1), Duration.ofHours(1)),
              new WindowLayout.Level(Duration.ofMinutes(15), Duration.ofHours(24)),
              new WindowLayout.Level(Duration.ofHours(1), Duration.ofDays(15))));

  /**
   * Prints a line: of the kind of metric that is named, or of so many instances; before it one that
   * is of no use.
   */
  public static void main(String... arguments) {
    SeriesMeasurement measurement = new SeriesMeasurement();
    // Loads what is there once, which is nobody's.
    measurement.instances(1);
    switch (arguments[0]) {
      case "COUNTER" -> measurement.series(Kind.COUNTER, StageSample.Increment::new);
      case "GAUGE" -> measurement.series(Kind.GAUGE, StageSample.Reading::new);
      case "PROPORTION" -> measurement.series(Kind.PROPORTION, it -> new StageSample.Share(1, 9));
      case "DISTRIBUTION" -> measurement.series(Kind.DISTRIBUTION, measurement::several);
      default -> measurement.instances(Integer.parseInt(arguments[0]));
    }
  }

  private StageSample.Value several(double first) {
    List<Double> values = new ArrayList<>(List.of(first));
    for (int i = 1; i < 10; i++) {
      values.add(Math.exp(random.nextGaussian()));
    }
    return new StageSample.Measurements(values);
  }

  /** Every ten seconds a sample of each metric, of one of many versions and devices. */
  private void series(Kind kind, DoubleFunction<StageSample.Value> value) {
    MetricCatalogue catalogue = MetricCatalogue.builtIn();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < METRICS; i++) {
      names.add("asr.measured_" + i);
      catalogue.declare(declared(names.get(i), kind));
    }
    MetricWindows windows = new MetricWindows(catalogue, layout);
    long before = used();
    Instant now = END.minus(Duration.ofDays(DAYS));
    for (long sample = 0; now.isBefore(END); sample++) {
      CohortKey device = new CohortKey(CohortKey.Dimension.DEVICE, "device-" + sample % VERSIONS);
      Who who = new Who("model@" + sample % VERSIONS, device);
      for (String name : names) {
        double typical = Math.exp(random.nextGaussian());
        windows.add(new StageSample(name, now, who, value.apply(typical)), "asr-0", now);
      }
      now = now.plusSeconds(10);
    }
    double taken = used() - before;
    int series = windows.seriesCount(names.get(0));
    System.out.printf(
        Locale.ROOT,
        "%s: %d series take %.0f KiB, %.0f KiB each%n",
        kind,
        series,
        taken / KIB / METRICS,
        taken / KIB / METRICS / series);
  }

  private static Metric declared(String name, Kind kind) {
    return new Metric(
        name,
        Stage.ASR,
        kind,
        "1",
        Metric.Direction.TWO_SIDED,
        kind.usualTest(),
        "Something measured.",
        Metric.Source.DECLARED);
  }

  /** All metrics that are built in and are gauges, of so many instances. */
  private void instances(int count) {
    MetricCatalogue catalogue = MetricCatalogue.builtIn();
    List<String> gauges =
        catalogue.all().stream()
            .filter(it -> it.source() != Metric.Source.UTTERANCES && it.kind() == Kind.GAUGE)
            .map(Metric::name)
            .toList();
    MetricWindows windows = new MetricWindows(catalogue, layout);
    long before = used();
    for (int round = 0; round < 10; round++) {
      Instant now = END.plusSeconds(round);
      for (int i = 0; i < count; i++) {
        // As it comes over the network: a string of its own for each stream.
        String instance = "asr:replica-" + i + ".example.org:7602";
        for (String gauge : gauges) {
          StageSample.Value reading = new StageSample.Reading(round + i);
          windows.add(new StageSample(gauge, now, Who.ALL, reading), instance, now);
        }
      }
    }
    double taken = used() - before;
    System.out.printf(
        Locale.ROOT,
        "%d instances of %d gauges take %.0f KiB, %.0f bytes each of each; %d known%n",
        count,
        gauges.size(),
        taken / KIB,
        taken / count / gauges.size(),
        windows.latest(gauges.get(0), END).size());
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    long last = Long.MAX_VALUE;
    while (true) {
      System.gc();
      long used = runtime.totalMemory() - runtime.freeMemory();
      if (used >= last) {
        return used;
      }
      last = used;
    }
  }
}
