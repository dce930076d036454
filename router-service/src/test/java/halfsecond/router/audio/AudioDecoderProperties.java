// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.audio;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the format and however the audio is cut into messages, the samples are the same. */
final class AudioDecoderProperties {
  private static final int[] RATES = {
    8_000, 11_025, 16_000, 22_050, 32_000, 44_099, 44_100, 48_000
  };

  static Stream<AudioFormat> formats() {
    return Stream.of(Encoding.values())
        .flatMap(encoding -> Arrays.stream(RATES).mapToObj(rate -> AudioFormat.of(encoding, rate)));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void anyChunkingGivesTheSameSamples(AudioFormat format) throws IOException {
    ByteString audio = ByteString.copyFrom(Signals.bytes(7, 60_000));
    AudioDecoder whole = new AudioDecoder(format);
    ByteString expected = whole.decode(audio).concat(whole.finish());

    for (int seed = 0; seed < 8; seed++) {
      AudioDecoder decoder = new AudioDecoder(format);
      ByteString actual = inPieces(decoder, audio, new Random(seed)).concat(decoder.finish());

      assertThat(actual.equals(expected)).as("%s, seed %d", format, seed).isTrue();
      assertThat(decoder.samples()).isEqualTo(expected.size() / 2);
      assertThat(decoder.clientSamples()).isEqualTo(whole.clientSamples());
    }
  }

  private static ByteString inPieces(AudioDecoder decoder, ByteString audio, Random random)
      throws IOException {
    ByteString.Output out = ByteString.newOutput();
    int longest = 1 << random.nextInt(15);
    int position = 0;
    while (position < audio.size()) {
      int end = Math.min(audio.size(), position + random.nextInt(longest + 1));
      decoder.decode(audio.substring(position, end)).writeTo(out);
      position = end;
    }
    return out.toByteString();
  }
}
