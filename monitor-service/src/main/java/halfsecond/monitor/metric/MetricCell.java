// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.metric;

import halfsecond.monitor.sketch.ValueSketch;
import halfsecond.monitor.window.Mergeable;

/** What the samples of one metric in one window, or in several, add up to. Not thread-safe. */
public final class MetricCell implements Mergeable<MetricCell> {
  private final ValueSketch values = new ValueSketch();
  private long samples;
  private double sum;
  private long events;
  private long trials;

  void add(StageSample.Value value) {
    samples++;
    if (value instanceof StageSample.Increment increment) {
      sum += increment.amount();
    } else if (value instanceof StageSample.Reading reading) {
      values.add(reading.level());
    } else if (value instanceof StageSample.Share share) {
      events += share.events();
      trials += share.trials();
    } else if (value instanceof StageSample.Measurements measurements) {
      measurements.values().forEach(values::add);
    }
  }

  @Override
  public void merge(MetricCell other) {
    values.merge(other.values);
    samples += other.samples;
    sum += other.sum;
    events += other.events;
    trials += other.trials;
  }

  public long samples() {
    return samples;
  }

  /** Of increments. */
  public double sum() {
    return sum;
  }

  /** Of proportions. */
  public long events() {
    return events;
  }

  /** Of proportions. */
  public long trials() {
    return trials;
  }

  /** Of readings or measurements. The caller must not add to it. */
  public ValueSketch values() {
    return values;
  }
}
