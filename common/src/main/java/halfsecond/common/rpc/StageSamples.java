// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.rpc;

import com.google.protobuf.Timestamp;
import halfsecond.common.measure.Measurement;
import halfsecond.monitor.v1.StageSample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Measurements as samples. The monitor adds up what counters grew by and cannot tell a batch that
 * comes twice, so each bit of growth is told in one batch only: of counters that wait for long it
 * is told all at once. Not safe for use by several threads.
 */
final class StageSamples {
  private record Totals(long events, long trials) {
    static final Totals NONE = new Totals(0, 0);
  }

  private final Map<String, Totals> told = new HashMap<>();
  private final Map<String, Totals> underWay = new HashMap<>();

  /** A batch, to be followed by {@link #told} or {@link #untold} before the next one. */
  List<StageSample> of(List<Measurement> measurements, Instant at) {
    Timestamp time =
        Timestamp.newBuilder().setSeconds(at.getEpochSecond()).setNanos(at.getNano()).build();
    List<StageSample> samples = new ArrayList<>();
    for (Measurement measurement : measurements) {
      StageSample.Builder sample =
          StageSample.newBuilder().setMetric(measurement.metric()).setSampleTime(time);
      if (measurement instanceof Measurement.Level gauge) {
        samples.add(sample.setReading(gauge.level()).build());
      } else if (measurement instanceof Measurement.Total counter) {
        Totals growth = growth(counter.metric(), new Totals(counter.total(), 0));
        samples.add(sample.setIncrement((double) growth.events()).build());
      } else if (measurement instanceof Measurement.Share share) {
        Totals growth = growth(share.metric(), new Totals(share.events(), share.trials()));
        if (growth.trials() > 0) {
          sample
              .getProportionBuilder()
              .setEvents(Math.min(growth.events(), growth.trials()))
              .setTrials(growth.trials());
          samples.add(sample.build());
        }
      }
    }
    return samples;
  }

  /** The batch arrived, or may have. */
  void told() {
    told.putAll(underWay);
    underWay.clear();
  }

  /** The batch did not arrive. */
  void untold() {
    underWay.clear();
  }

  private Totals growth(String metric, Totals now) {
    Totals before = told.getOrDefault(metric, Totals.NONE);
    underWay.put(metric, now);
    return new Totals(
        Math.max(0, now.events() - before.events()), Math.max(0, now.trials() - before.trials()));
  }
}
