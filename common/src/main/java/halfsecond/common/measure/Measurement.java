// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.measure;

/** One number that a service knows about itself. */
public sealed interface Measurement {
  /** The name of a metric in the monitor's catalogue, e.g. {@code asr.cores}. */
  String metric();

  /**
   * What a gauge shows now.
   *
   * @param level finite, in the metric's unit
   */
  record Level(String metric, double level) implements Measurement {
    public Level {
      if (!Double.isFinite(level)) {
        throw new IllegalArgumentException(metric + " must be finite");
      }
    }

    /** A whole number; exact up to 2^53. */
    public Level(String metric, long level) {
      this(metric, (double) level);
    }
  }

  /**
   * What a counter has reached.
   *
   * @param total since the process started; never falls
   */
  record Total(String metric, long total) implements Measurement {}

  /**
   * How many of how many.
   *
   * @param events since the process started; at most {@code trials}
   * @param trials since the process started; never falls
   */
  record Share(String metric, long events, long trials) implements Measurement {}
}
