// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.audio;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;

/** Decodes the two laws of ITU-T G.711 to 16-bit samples by table. */
final class G711 {
  private static final short[] MULAW = new short[256];
  private static final short[] ALAW = new short[256];

  static {
    for (int code = 0; code < 256; code++) {
      MULAW[code] = mulawValue(code);
      ALAW[code] = alawValue(code);
    }
  }

  private G711() {}

  static short[] mulaw(ByteString codes) {
    return decode(codes, MULAW);
  }

  static short[] alaw(ByteString codes) {
    return decode(codes, ALAW);
  }

  private static short[] decode(ByteString codes, short[] table) {
    ByteBuffer bytes = codes.asReadOnlyByteBuffer();
    short[] samples = new short[bytes.remaining()];
    for (int n = 0; n < samples.length; n++) {
      samples[n] = table[bytes.get() & 0xFF];
    }
    return samples;
  }

  /**
   * 14-bit value of the recommendation, scaled by 4 to fill 16 bits; 0x84 is its bias of 33 at that
   * scale.
   */
  private static short mulawValue(int code) {
    int inverted = ~code & 0xFF;
    int exponent = (inverted >> 4) & 7;
    int magnitude = ((((inverted & 0xF) << 3) + 0x84) << exponent) - 0x84;
    return (short) ((inverted & 0x80) == 0 ? magnitude : -magnitude);
  }

  /**
   * 13-bit value of the recommendation, scaled by 8; even bits travel inverted, and the sign bit is
   * 1 for positive.
   */
  private static short alawValue(int code) {
    int toggled = code ^ 0x55;
    int exponent = (toggled >> 4) & 7;
    int mantissa = (toggled & 0xF) << 4;
    int magnitude = exponent == 0 ? mantissa + 8 : (mantissa + 0x108) << (exponent - 1);
    return (short) ((toggled & 0x80) == 0 ? -magnitude : magnitude);
  }
}
