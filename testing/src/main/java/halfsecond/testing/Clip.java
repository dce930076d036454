// SPDX-License-Identifier: Apache-2.0
package halfsecond.testing;

import halfsecond.common.audio.Audio16k;
import java.time.Duration;

/** A recording of 16 kHz, 16-bit mono audio and the words that are said in it. Immutable. */
public final class Clip {
  private final String name;
  private final short[] samples;
  private final String transcript;

  Clip(String name, short[] samples, String transcript) {
    this.name = name;
    this.samples = samples;
    this.transcript = transcript;
  }

  public String name() {
    return name;
  }

  /** A copy. */
  public short[] samples() {
    return samples.clone();
  }

  /** The audio as little-endian bytes, in a new array. */
  public byte[] bytes() {
    return Audio16k.toBytes(samples);
  }

  /** Lower-case words between single spaces. */
  public String transcript() {
    return transcript;
  }

  public Duration duration() {
    return Audio16k.duration(samples.length);
  }

  /** The name, so that parameterized tests read well. */
  @Override
  public String toString() {
    return name;
  }
}
