// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.audio;

import halfsecond.common.audio.Audio16k;
import java.time.Duration;

/**
 * Translates positions between the 16 kHz audio inside and the client's own audio and time. Sample
 * {@code k} inside lies at exactly {@code k / 16000} seconds of the client's audio, because the
 * resampler compensates its own delay; client sample {@code n} lies at {@code n / rate}. Where a
 * position falls between two samples or nanoseconds the nearest is taken, halves upward, so that a
 * position translated there and back moves by at most half a sample of each of the two rates.
 * Positions are not negative.
 */
public record ClientTimeline(SampleRate clientRate) {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long HALF_AN_INNER_SAMPLE_NANOS = 31_250;

  /** Where an inner sample lies in the client's time: exact, 62.5 microseconds each. */
  public Duration offsetOf(long innerSample) {
    return Audio16k.duration(innerSample);
  }

  /** The inner sample nearest to a moment of the client's audio. */
  public long innerSampleAt(Duration offset) {
    return Audio16k.samples(offset.plusNanos(HALF_AN_INNER_SAMPLE_NANOS));
  }

  /**
   * The inner sample nearest to a client sample; also how many inner samples so many client samples
   * become.
   */
  public long innerSampleOf(long clientSample) {
    return scaled(clientSample, SampleRate.INNER.hertz(), clientRate.hertz());
  }

  /** The client sample nearest to an inner sample. */
  public long clientSampleOf(long innerSample) {
    return scaled(innerSample, clientRate.hertz(), SampleRate.INNER.hertz());
  }

  /** How long so many client samples last, to the nearest nanosecond. */
  public Duration durationOf(long clientSamples) {
    int rate = clientRate.hertz();
    return Duration.ofSeconds(
        clientSamples / rate, scaled(clientSamples % rate, NANOS_PER_SECOND, rate));
  }

  /**
   * round(value * multiplier / divisor), halves upward, without overflow before 2^62 / multiplier
   * seconds.
   */
  private static long scaled(long value, long multiplier, long divisor) {
    long whole = Math.multiplyExact(value / divisor, multiplier);
    return whole + (2 * (value % divisor) * multiplier + divisor) / (2 * divisor);
  }
}
