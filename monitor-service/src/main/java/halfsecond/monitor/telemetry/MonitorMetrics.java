// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.LongUpDownCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableLongGauge;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/** The monitor's instruments. Safe for use by any thread. */
public final class MonitorMetrics implements AutoCloseable {
  /** Records and samples that were received, by kind and result. */
  public static final String RECEIVED = "halfsecond.monitor.received";

  /** From the event to the receipt of its record, in seconds. */
  public static final String LAG = "halfsecond.monitor.lag";

  /** Streams of reporters that are open, by kind. */
  public static final String REPORTERS = "halfsecond.monitor.reporters.active";

  /** Records that reporters say they dropped before they could be sent. */
  public static final String DROPPED = "halfsecond.monitor.reported.drops";

  /** Series of utterances in memory. */
  public static final String SERIES = "halfsecond.monitor.series";

  private static final AttributeKey<String> KIND = AttributeKey.stringKey("kind");
  private static final AttributeKey<String> RESULT = AttributeKey.stringKey("result");

  private static final List<Double> BOUNDARIES =
      List.of(0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 3600.0, 86400.0);

  private final LongCounter received;
  private final DoubleHistogram lag;
  private final LongUpDownCounter reporters;
  private final LongCounter dropped;
  private final ObservableLongGauge series;

  /** What is reported. */
  public enum Kind {
    UTTERANCE,
    SAMPLE
  }

  /** What became of a report. */
  public enum Result {
    ACCEPTED,
    DUPLICATE,
    REFUSED
  }

  /**
   * @param seriesCount asked whenever metrics are read, until this is closed
   */
  public MonitorMetrics(Meter meter, LongSupplier seriesCount) {
    received = meter.counterBuilder(RECEIVED).setUnit("{record}").build();
    lag =
        meter
            .histogramBuilder(LAG)
            .setUnit("s")
            .setExplicitBucketBoundariesAdvice(BOUNDARIES)
            .build();
    reporters = meter.upDownCounterBuilder(REPORTERS).setUnit("{stream}").build();
    dropped = meter.counterBuilder(DROPPED).setUnit("{record}").build();
    series =
        meter
            .gaugeBuilder(SERIES)
            .ofLongs()
            .setUnit("{series}")
            .buildWithCallback(gauge -> gauge.record(seriesCount.getAsLong()));
    showZeros();
  }

  /** A counter is there from the start: what it shows first would be missed in a rate. */
  private void showZeros() {
    dropped.add(0);
    for (Kind kind : Kind.values()) {
      reporters.add(0, Attributes.of(KIND, kind.name()));
      for (Result result : Result.values()) {
        received.add(0, Attributes.of(KIND, kind.name(), RESULT, result.name()));
      }
    }
  }

  public void received(Kind kind, Result result, long count) {
    if (count > 0) {
      received.add(count, Attributes.of(KIND, kind.name(), RESULT, result.name()));
    }
  }

  /** A clock that is ahead of ours counts as no lag. */
  public void lag(Duration sinceEvent) {
    lag.record(Math.max(0, sinceEvent.toNanos() / 1e9));
  }

  public void reporterOpened(Kind kind) {
    reporters.add(1, Attributes.of(KIND, kind.name()));
  }

  public void reporterClosed(Kind kind) {
    reporters.add(-1, Attributes.of(KIND, kind.name()));
  }

  public void dropped(long records) {
    if (records > 0) {
      dropped.add(records);
    }
  }

  @Override
  public void close() {
    series.close();
  }
}
