// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.backend;

/** The largest of the latest so many samples. For one thread. */
final class RecentPeak {
  private final double[] samples;
  private int next;

  RecentPeak(int size) {
    samples = new double[size];
  }

  /** Takes a sample of 0 or more. */
  void add(double sample) {
    samples[next] = sample;
    next = (next + 1) % samples.length;
  }

  /** 0 before the first sample. */
  double value() {
    double peak = 0;
    for (double sample : samples) {
      peak = Math.max(peak, sample);
    }
    return peak;
  }
}
