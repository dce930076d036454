// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.record;

/**
 * What the client sent.
 *
 * @param sampleRateHertz 8000 to 48000
 */
public record AudioFormat(Encoding encoding, int sampleRateHertz) {
  /** Encoding of the audio bytes. */
  public enum Encoding {
    LINEAR16,
    MULAW,
    ALAW
  }

  public AudioFormat {
    Limits.between("sample_rate_hertz", sampleRateHertz, 8_000, 48_000);
  }

  /** E.g. {@code MULAW/8000}. */
  public String label() {
    return encoding + "/" + sampleRateHertz;
  }
}
