// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import java.time.Duration;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AudioDecoderTest {
  @Test
  void passesSixteenKilohertzThroughUntouched() {
    AudioDecoder decoder = new AudioDecoder(AudioFormat.INNER);
    ByteString audio = Signals.linear16(Signals.noise(1, 1_000));

    assertThat(decoder.decode(audio)).isSameAs(audio);
    assertThat(decoder.finish()).isEmpty();
    assertThat(decoder.samples()).isEqualTo(1_000);
    assertThat(decoder.clientSamples()).isEqualTo(1_000);
    assertThat(decoder.lookAhead()).isZero();
  }

  @Test
  void carriesASampleThatIsSplitBetweenMessages() {
    AudioDecoder decoder = new AudioDecoder(AudioFormat.INNER);

    assertThat(decoder.decode(bytes(0x01))).isEmpty();
    assertThat(decoder.decode(bytes(0x02, 0x03))).isEqualTo(bytes(0x01, 0x02));
    assertThat(decoder.decode(ByteString.EMPTY)).isEmpty();
    assertThat(decoder.decode(bytes(0x84))).isEqualTo(bytes(0x03, 0x84));
    assertThat(decoder.finish()).isEmpty();
    assertThat(decoder.samples()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {8_000, 16_000, 44_100})
  void refusesAnOddNumberOfBytesAtTheEnd(int rate) {
    AudioDecoder decoder = new AudioDecoder(AudioFormat.of(Encoding.LINEAR16, rate));
    decoder.decode(bytes(1, 2, 3));

    assertThatThrownBy(decoder::finish)
        .asInstanceOf(InstanceOfAssertFactories.type(SpeechException.class))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.AUDIO_INVALID))
        .satisfies(e -> assertThat(e).hasMessageContaining("odd number of bytes"));
  }

  @ParameterizedTest
  @EnumSource(names = {"MULAW", "ALAW"})
  void takesAnyNumberOfBytesOfTheOneByteEncodings(Encoding encoding) {
    AudioDecoder decoder = new AudioDecoder(AudioFormat.of(encoding, 16_000));

    assertThat(decoder.decode(bytes(1, 2, 3)).size()).isEqualTo(6);
    assertThat(decoder.finish()).isEmpty();
  }

  @Test
  void decodesBeforeItResamples() {
    AudioDecoder mulaw = new AudioDecoder(AudioFormat.of(Encoding.MULAW, 8_000));
    ByteString codes = ByteString.copyFrom(Signals.bytes(3, 4_000));

    ByteString out = mulaw.decode(codes).concat(mulaw.finish());

    assertThat(Signals.samples(out)).isEqualTo(Signals.resampled(8_000, G711.mulaw(codes)));
  }

  @ParameterizedTest
  @CsvSource({
    "8000, 0, 0",
    "8000, 1, 2",
    "8000, 999, 1998",
    "11025, 1, 1",
    "11025, 11025, 16000",
    "44100, 1, 0",
    "44100, 2, 1",
    "44100, 44100, 16000",
    "44100, 44101, 16000",
    "44100, 44102, 16001",
    "48000, 1, 0",
    "48000, 2, 1",
    "48000, 100, 33",
    "44099, 88198, 32000"
  })
  void makesTheNearestNumberOfSamples(int rate, int clientSamples, int samples) {
    AudioDecoder decoder = new AudioDecoder(AudioFormat.of(Encoding.LINEAR16, rate));

    int size = decoder.decode(ByteString.copyFrom(new byte[2 * clientSamples])).size();
    size += decoder.finish().size();

    assertThat(size).isEqualTo(2 * samples);
    assertThat(decoder.samples()).isEqualTo(samples);
    assertThat(decoder.clientSamples()).isEqualTo(clientSamples);
  }

  @Test
  void finishesOnce() {
    AudioDecoder decoder = new AudioDecoder(AudioFormat.of(Encoding.LINEAR16, 8_000));
    decoder.decode(bytes(1, 2));

    assertThat(decoder.finish()).isNotEmpty();
    assertThat(decoder.finish()).isEmpty();
    assertThatThrownBy(() -> decoder.decode(bytes(1, 2))).isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -8_000, 0, 7_999, 48_001, 96_000, Integer.MAX_VALUE})
  void refusesARateOutsideOfTheRange(int rate) {
    assertThatThrownBy(() -> AudioFormat.of(Encoding.LINEAR16, rate))
        .asInstanceOf(InstanceOfAssertFactories.type(SpeechException.class))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.AUDIO_INVALID))
        .satisfies(
            e ->
                assertThat(e.metadata())
                    .containsEntry("field", "sample_rate_hertz")
                    .containsEntry("limit", "8000..48000"));
  }

  @Test
  void knowsHowLongBytesLast() {
    assertThat(AudioFormat.of(Encoding.LINEAR16, 44_100).durationOf(88_200)).hasSeconds(1);
    assertThat(AudioFormat.of(Encoding.MULAW, 8_000).durationOf(80))
        .isEqualTo(Duration.ofMillis(10));
    assertThat(AudioFormat.of(Encoding.ALAW, 8_000).bytesPerSecond()).isEqualTo(8_000);
    assertThat(AudioFormat.INNER.bytesPerSecond()).isEqualTo(32_000);
  }

  private static ByteString bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return ByteString.copyFrom(bytes);
  }
}
