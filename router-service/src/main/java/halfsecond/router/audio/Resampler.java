// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.audio;

import java.util.Arrays;

/**
 * Takes one session's samples from the client's rate to 16 kHz. Output sample {@code k} is the
 * band-limited value of the input at exactly {@code k / 16000} seconds; before the first and after
 * the last sample the input counts as zero. Output depends on the samples alone, never on how they
 * were cut into pieces. Not thread-safe.
 */
final class Resampler {
  /** Input samples taken into the window at a time. */
  private static final int BLOCK = 1024;

  private final FilterBank bank;
  private final int taps;
  private final float[] window;

  /** Where the taps of the next output begin in the window. */
  private int start;

  private int fill;

  /**
   * The next output lies {@code phase / bank.up()} of an input sample after the centre of its taps.
   */
  private int phase;

  private long received;
  private long produced;

  Resampler(FilterBank bank) {
    this.bank = bank;
    this.taps = 2 * bank.halfTaps();
    this.window = new float[taps + BLOCK];
    this.fill = bank.halfTaps() - 1;
  }

  /** Takes the next samples and returns what becomes known. */
  short[] push(short[] samples) {
    short[] out = new short[producedBy(samples.length)];
    int written = 0;
    for (int taken = 0; taken < samples.length; ) {
      int count = Math.min(BLOCK, samples.length - taken);
      makeRoom(count);
      for (int i = 0; i < count; i++) {
        window[fill + i] = samples[taken + i];
      }
      fill += count;
      taken += count;
      written = produce(out, written);
    }
    received += samples.length;
    return out;
  }

  /**
   * Returns the rest, so that {@code n} samples have become {@code round(n * 16000 / rate)} in all.
   * Nothing may be pushed afterwards.
   */
  short[] flush() {
    long total = (2 * received * bank.up() + bank.down()) / (2L * bank.down());
    short[] out = new short[Math.toIntExact(total - produced)];
    for (int written = 0; written < out.length; written = produce(out, written)) {
      makeRoom(BLOCK);
      Arrays.fill(window, fill, fill + BLOCK, 0);
      fill += BLOCK;
    }
    return out;
  }

  /** How many outputs have all their taps once {@code more} samples have arrived. */
  private int producedBy(int more) {
    long centres = received + more - bank.halfTaps();
    return centres <= 0
        ? 0
        : Math.toIntExact((centres * bank.up() + bank.down() - 1) / bank.down() - produced);
  }

  private void makeRoom(int count) {
    if (fill + count > window.length) {
      System.arraycopy(window, start, window, 0, fill - start);
      fill -= start;
      start = 0;
    }
  }

  /**
   * Writes outputs as long as there are taps for them and room; returns the position after the
   * last.
   */
  private int produce(short[] out, int from) {
    int position = from;
    while (position < out.length && start + taps <= fill) {
      out[position++] = saturated(value());
      phase += bank.down();
      start += phase / bank.up();
      phase %= bank.up();
    }
    produced += position - from;
    return position;
  }

  private float value() {
    if (bank.exact()) {
      return dot(phase);
    }
    float position = (float) phase * bank.phases() / bank.up();
    int row = (int) position;
    float share = position - row;
    return (1 - share) * dot(row) + share * dot(row + 1);
  }

  /** Four sums, because one would wait for each addition to finish before the next. */
  private float dot(int row) {
    float[] rows = bank.rows();
    int offset = row * taps;
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    int i = 0;
    for (; i < taps - 3; i += 4) {
      a += rows[offset + i] * window[start + i];
      b += rows[offset + i + 1] * window[start + i + 1];
      c += rows[offset + i + 2] * window[start + i + 2];
      d += rows[offset + i + 3] * window[start + i + 3];
    }
    for (; i < taps; i++) {
      a += rows[offset + i] * window[start + i];
    }
    return a + b + (c + d);
  }

  /** The nearest 16-bit value; what does not fit is clipped, never wrapped. */
  private static short saturated(float value) {
    float clipped = Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, value));
    return (short) Math.round(clipped);
  }
}
