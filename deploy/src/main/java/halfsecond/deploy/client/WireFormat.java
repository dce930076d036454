// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.client;

import halfsecond.speech.v1.RecognitionConfig;
import halfsecond.speech.v1.RecognitionConfig.AudioEncoding;
import java.time.Duration;

/**
 * What the bytes of an audio stream mean: mono samples in one of the encodings of the speech API.
 *
 * @param encoding LINEAR16, MULAW or ALAW
 * @param sampleRate samples a second; greater than zero, other limits are the server's to check
 */
public record WireFormat(AudioEncoding encoding, int sampleRate) {

  /** Signed 16-bit little-endian samples at 16 kHz. */
  public static final WireFormat LINEAR16_16K =
      new WireFormat(AudioEncoding.AUDIO_ENCODING_LINEAR16, 16_000);

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** Checks the values. */
  public WireFormat {
    if (sampleRate <= 0) {
      throw new IllegalArgumentException("sample rate must be positive, not " + sampleRate);
    }
  }

  /** Bytes of one sample. */
  public int bytesPerSample() {
    return encoding == AudioEncoding.AUDIO_ENCODING_LINEAR16 ? 2 : 1;
  }

  /** Bytes that hold {@code duration} of audio, rounded down to whole samples. */
  public long bytesIn(Duration duration) {
    long fraction = duration.getNano() * (long) sampleRate / NANOS_PER_SECOND;
    return (duration.getSeconds() * sampleRate + fraction) * bytesPerSample();
  }

  /** How long {@code bytes} of audio last, to the nanosecond. */
  public Duration durationOf(long bytes) {
    long samples = bytes / bytesPerSample();
    long rest = samples % sampleRate;
    return Duration.ofSeconds(samples / sampleRate, rest * NANOS_PER_SECOND / sampleRate);
  }

  /** The byte that is a sample of silence in this encoding. */
  public byte silence() {
    return switch (encoding) {
      case AUDIO_ENCODING_MULAW -> (byte) 0xFF;
      case AUDIO_ENCODING_ALAW -> (byte) 0xD5;
      case AUDIO_ENCODING_LINEAR16, AUDIO_ENCODING_UNSPECIFIED, UNRECOGNIZED -> 0;
    };
  }

  /** {@code config} with this format in it. */
  public RecognitionConfig describe(RecognitionConfig config) {
    return config.toBuilder().setEncoding(encoding).setSampleRateHertz(sampleRate).build();
  }
}
