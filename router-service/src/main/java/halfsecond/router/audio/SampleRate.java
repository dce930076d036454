// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.audio;

import halfsecond.common.audio.Audio16k;

/**
 * A sample rate that the door accepts: any whole number of samples per second from 8000 to 48000.
 * Others are refused with AUDIO_INVALID.
 */
public record SampleRate(int hertz) {
  /** The lowest rate, 8000. */
  public static final int MIN_HERTZ = 8_000;

  /** The highest rate, 48000. */
  public static final int MAX_HERTZ = 48_000;

  /** The rate of all audio inside. */
  public static final SampleRate INNER = new SampleRate(Audio16k.SAMPLE_RATE);

  public SampleRate {
    if (hertz < MIN_HERTZ || hertz > MAX_HERTZ) {
      throw InvalidAudio.rate(hertz);
    }
  }
}
