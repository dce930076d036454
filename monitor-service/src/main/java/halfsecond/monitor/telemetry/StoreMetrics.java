// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.telemetry;

import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableLongGauge;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** The instruments of the store. Safe for use by any thread. */
public final class StoreMetrics implements AutoCloseable {
  /** Time that one transaction took, the wait for the disk included, in seconds. */
  public static final String COMMIT = "halfsecond.monitor.store.commit.duration";

  /** Rows that were written. */
  public static final String WRITTEN = "halfsecond.monitor.store.written";

  /** Transactions that failed; they are tried again. */
  public static final String FAILURES = "halfsecond.monitor.store.failures";

  /** Rows that wait to be written. */
  public static final String WAITING = "halfsecond.monitor.store.waiting";

  /** Records that are kept. */
  public static final String RECORDS = "halfsecond.monitor.store.records";

  private static final List<Double> BOUNDARIES =
      List.of(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0);

  private final Meter meter;
  private final DoubleHistogram commit;
  private final LongCounter written;
  private final LongCounter failures;
  private final List<ObservableLongGauge> observed = new ArrayList<>();

  public StoreMetrics(Meter meter) {
    this.meter = meter;
    commit =
        meter
            .histogramBuilder(COMMIT)
            .setUnit("s")
            .setExplicitBucketBoundariesAdvice(BOUNDARIES)
            .build();
    written = meter.counterBuilder(WRITTEN).setUnit("{row}").build();
    failures = meter.counterBuilder(FAILURES).setUnit("{failure}").build();
  }

  /**
   * What is asked whenever metrics are read, until this is closed. To be called once.
   *
   * @param waiting rows that wait
   * @param records that are kept
   */
  public void observe(LongSupplier waiting, LongSupplier records) {
    observed.add(gauge(WAITING, "{row}", waiting));
    observed.add(gauge(RECORDS, "{record}", records));
  }

  public void committed(long nanos, long rows) {
    commit.record(nanos / 1e9);
    written.add(rows);
  }

  public void failed() {
    failures.add(1);
  }

  @Override
  public void close() {
    observed.forEach(ObservableLongGauge::close);
  }

  private ObservableLongGauge gauge(String name, String unit, LongSupplier value) {
    return meter
        .gaugeBuilder(name)
        .ofLongs()
        .setUnit(unit)
        .buildWithCallback(measurement -> measurement.record(value.getAsLong()));
  }
}
