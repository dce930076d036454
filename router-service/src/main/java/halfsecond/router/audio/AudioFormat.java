// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.audio;

import java.time.Duration;

/** What a client's audio bytes mean. Always mono. */
public record AudioFormat(Encoding encoding, SampleRate sampleRate) {
  /** The format of all audio inside: 16 kHz LINEAR16. */
  public static final AudioFormat INNER = new AudioFormat(Encoding.LINEAR16, SampleRate.INNER);

  /**
   * The format with a rate as it came from outside.
   *
   * @throws halfsecond.common.error.SpeechException with AUDIO_INVALID when the rate is out of
   *     range
   */
  public static AudioFormat of(Encoding encoding, int sampleRateHertz) {
    return new AudioFormat(encoding, new SampleRate(sampleRateHertz));
  }

  /** Bytes of one second of audio. */
  public int bytesPerSecond() {
    return encoding.bytesPerSample() * sampleRate.hertz();
  }

  /** How long so many bytes last, to the nearest nanosecond. */
  public Duration durationOf(long bytes) {
    return new ClientTimeline(sampleRate).durationOf(bytes / encoding.bytesPerSample());
  }
}
