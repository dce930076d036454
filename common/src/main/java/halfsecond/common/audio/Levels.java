// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.audio;

/**
 * Level of audio added so far, in dB relative to full scale: a full-scale square wave has 0 dBFS by
 * both measures, silence {@value #FLOOR_DBFS}. Constant memory; not safe for use by several threads
 * at once.
 */
public final class Levels {
  /**
   * What silence reads as, and the least that is ever returned: about one step of a 16-bit sample.
   */
  public static final double FLOOR_DBFS = -96;

  private static final double FULL_SCALE = 32_768;

  private long samples;
  private long clipped;
  private double squares;
  private int peak;

  /** Adds {@code audio[from..to)}. */
  public void add(short[] audio, int from, int to) {
    for (int i = from; i < to; i++) {
      int value = Math.abs((int) audio[i]);
      peak = Math.max(peak, value);
      squares += (double) value * value;
      if (value >= Short.MAX_VALUE) {
        clipped++;
      }
    }
    samples += to - from;
  }

  public void add(short[] audio) {
    add(audio, 0, audio.length);
  }

  /** Adds what another instance has measured. */
  public void add(Levels other) {
    samples += other.samples;
    clipped += other.clipped;
    squares += other.squares;
    peak = Math.max(peak, other.peak);
  }

  public long samples() {
    return samples;
  }

  /** Root mean square. */
  public double rmsDbfs() {
    return samples == 0 ? FLOOR_DBFS : decibels(Math.sqrt(squares / samples));
  }

  /** The largest absolute sample. */
  public double peakDbfs() {
    return decibels(peak);
  }

  /** Share of samples at full scale, 0 to 1. */
  public double clippingRatio() {
    return samples == 0 ? 0 : (double) clipped / samples;
  }

  public void reset() {
    samples = 0;
    clipped = 0;
    squares = 0;
    peak = 0;
  }

  /** The amplitude (1 is full scale) of a level. */
  public static double amplitude(double dbfs) {
    return Math.pow(10, dbfs / 20);
  }

  private static double decibels(double value) {
    return value <= 0 ? FLOOR_DBFS : Math.max(FLOOR_DBFS, 20 * Math.log10(value / FULL_SCALE));
  }
}
