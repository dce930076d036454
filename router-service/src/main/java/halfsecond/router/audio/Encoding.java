// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.audio;

/** How one sample is written in the client's bytes. */
public enum Encoding {
  /** Signed 16-bit little-endian. */
  LINEAR16(2),
  /** 8-bit G.711 mu-law. */
  MULAW(1),
  /** 8-bit G.711 A-law. */
  ALAW(1);

  private final int bytesPerSample;

  Encoding(int bytesPerSample) {
    this.bytesPerSample = bytesPerSample;
  }

  /** 1 or 2. */
  public int bytesPerSample() {
    return bytesPerSample;
  }
}
