// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.reported;

import halfsecond.monitor.catalogue.Metric;
import halfsecond.monitor.catalogue.MetricCatalogue;
import halfsecond.monitor.catalogue.TestKind;
import halfsecond.monitor.query.SeriesReader;
import halfsecond.monitor.window.Who;

/** Makes the tests that metrics are judged by. */
final class MetricTests {
  private MetricTests() {}

  /**
   * By which a metric is judged. One that was declared when any test could be named, and names one
   * that does not fit, is judged by its band.
   */
  static TestKind kind(Metric metric) {
    return metric.test().fits(metric.kind()) ? metric.test() : TestKind.ADAPTIVE_BAND;
  }

  /** A new one. */
  static MetricTest of(Metric metric, Who who, SeriesReader series) {
    TestKind kind = kind(metric);
    return switch (kind) {
      case KOLMOGOROV_SMIRNOV, WASSERSTEIN, POPULATION_STABILITY -> new DistributionTest(kind);
      case TWO_PROPORTIONS, P_CHART -> new RateTest(kind);
      case CUSUM, PAGE_HINKLEY, ADWIN -> new SequentialTest(kind);
      case SLOPE -> new SlopeTest();
      case FIXED_LIMIT -> new LimitTest(MetricCatalogue.builtInLimit(metric));
      case NO_DATA -> new SilenceTest();
      case ADAPTIVE_BAND -> new BandTest(series, who);
      case SEQUENTIAL, MCNEMAR, BURN_RATE, SAMPLE_RATIO ->
          throw new IllegalStateException(kind + " fits no metric");
    };
  }
}
