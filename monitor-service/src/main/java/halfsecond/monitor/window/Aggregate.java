// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.window;

import halfsecond.monitor.catalogue.Metric;
import halfsecond.monitor.sketch.BinnedSketch;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What the measurements of one metric add up to, whatever its kind. What does not belong to its
 * kind stays 0. Not thread-safe.
 */
public final class Aggregate implements Mergeable<Aggregate> {
  private static final BinnedSketch EMPTY = new BinnedSketch();

  private long samples;
  private double sum;
  private long events;
  private long trials;
  private @Nullable BinnedSketch values;

  /** Of a counter. */
  public void increment(double amount) {
    samples++;
    sum += amount;
  }

  /** Of a proportion. */
  public void share(long more, long of) {
    samples++;
    events += more;
    trials += of;
  }

  /** Of a proportion: an event of a trial that is counted elsewhere. */
  void event() {
    events++;
  }

  /** Of a gauge or distribution: one sample, one value. */
  public void measured(double value) {
    samples++;
    sketch().add(value);
  }

  /** Of a distribution: one sample, several values. */
  public void measured(Iterable<Double> several) {
    samples++;
    BinnedSketch sketch = sketch();
    several.forEach(sketch::add);
  }

  /** What one utterance says, see {@link halfsecond.monitor.catalogue.UtteranceMetric.Reading}. */
  void add(Metric.Kind kind, double value) {
    switch (kind) {
      case COUNTER -> increment(value);
      case PROPORTION -> share(value > 0 ? 1 : 0, 1);
      case GAUGE, DISTRIBUTION -> measured(value);
    }
  }

  @Override
  public void merge(Aggregate other) {
    samples += other.samples;
    sum += other.sum;
    events += other.events;
    trials += other.trials;
    BinnedSketch theirs = other.values;
    if (theirs != null) {
      sketch().merge(theirs);
    }
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

  /** Of readings or measurements; empty without any. The caller must not add to it. */
  public BinnedSketch values() {
    BinnedSketch known = values;
    return known == null ? EMPTY : known;
  }

  /** Writes all of it, to be read by {@link #read}. */
  public void write(DataOutput out) throws IOException {
    out.writeLong(samples);
    out.writeDouble(sum);
    out.writeLong(events);
    out.writeLong(trials);
    values().write(out);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if it is something else
   */
  public static Aggregate read(DataInput in) throws IOException {
    Aggregate aggregate = new Aggregate();
    aggregate.samples = in.readLong();
    aggregate.sum = in.readDouble();
    aggregate.events = in.readLong();
    aggregate.trials = in.readLong();
    aggregate.values = BinnedSketch.read(in);
    return aggregate;
  }

  /** Values or bins held in memory. */
  int retained() {
    return values().retained();
  }

  private BinnedSketch sketch() {
    BinnedSketch known = values;
    if (known == null) {
      known = new BinnedSketch();
      values = known;
    }
    return known;
  }
}
