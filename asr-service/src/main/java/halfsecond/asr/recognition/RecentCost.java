// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

import java.util.Optional;

/**
 * The real-time factor of the last second of one clip's audio. Added to by one thread at a time,
 * read by any.
 */
final class RecentCost {
  /** Audio that is looked back on: one second. */
  private static final int BLOCKS = Recognizer.SAMPLE_RATE / ClipAudio.BLOCK_SAMPLES;

  private final long[] nanos = new long[BLOCKS];
  private final int[] samples = new int[BLOCKS];
  private int next;
  private long sumNanos;
  private long sumSamples;
  private volatile double realTimeFactor = Double.NaN;

  void add(long blockNanos, int blockSamples) {
    sumNanos += blockNanos - nanos[next];
    sumSamples += blockSamples - samples[next];
    nanos[next] = blockNanos;
    samples[next] = blockSamples;
    next = (next + 1) % BLOCKS;
    if (2 * sumSamples >= Recognizer.SAMPLE_RATE) {
      realTimeFactor = DecodeStatistics.realTimeFactor(sumNanos, sumSamples);
    }
  }

  /** Empty before half a second of audio. */
  Optional<Double> realTimeFactor() {
    double latest = realTimeFactor;
    return Double.isNaN(latest) ? Optional.empty() : Optional.of(latest);
  }
}
