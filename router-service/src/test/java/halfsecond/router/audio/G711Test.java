// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.audio;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.sound.sampled.AudioFormat.Encoding;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class G711Test {
  /**
   * Values of tables 2a/2b of the recommendation: the ends, the steps around a segment's border,
   * and both zeros.
   */
  @ParameterizedTest
  @CsvSource({
    "0x00, -32124",
    "0x80, 32124",
    "0x0F, -16764",
    "0x10, -15996",
    "0x8F, 16764",
    "0x90, 15996",
    "0x7E, -8",
    "0xFE, 8",
    "0x7F, 0",
    "0xFF, 0"
  })
  void decodesMulawAsTheRecommendationSays(int code, short value) {
    assertThat(G711.mulaw(bytes(code))).containsExactly(value);
  }

  @ParameterizedTest
  @CsvSource({
    "0x2A, -32256",
    "0xAA, 32256",
    "0x55, -8",
    "0xD5, 8",
    "0x54, -24",
    "0xD4, 24",
    "0x5A, -248",
    "0x45, -264",
    "0x80, 5504",
    "0x00, -5504"
  })
  void decodesAlawAsTheRecommendationSays(int code, short value) {
    assertThat(G711.alaw(bytes(code))).containsExactly(value);
  }

  @Test
  void agreesWithTheDecoderOfTheJdkOnEveryCode() throws IOException {
    byte[] codes = new byte[256];
    for (int code = 0; code < 256; code++) {
      codes[code] = (byte) code;
    }

    assertThat(G711.mulaw(ByteString.copyFrom(codes))).isEqualTo(reference(Encoding.ULAW, codes));
    assertThat(G711.alaw(ByteString.copyFrom(codes))).isEqualTo(reference(Encoding.ALAW, codes));
  }

  private static short[] reference(Encoding encoding, byte[] codes) throws IOException {
    javax.sound.sampled.AudioFormat from =
        new javax.sound.sampled.AudioFormat(encoding, 8_000, 8, 1, 1, 8_000, false);
    javax.sound.sampled.AudioFormat to =
        new javax.sound.sampled.AudioFormat(Encoding.PCM_SIGNED, 8_000, 16, 1, 2, 8_000, false);
    try (AudioInputStream in =
            new AudioInputStream(new ByteArrayInputStream(codes), from, codes.length);
        AudioInputStream out = AudioSystem.getAudioInputStream(to, in)) {
      return Signals.samples(ByteString.copyFrom(out.readAllBytes()));
    }
  }

  private static ByteString bytes(int code) {
    return ByteString.copyFrom(new byte[] {(byte) code});
  }
}
