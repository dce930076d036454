// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WavFileTest {
  private static final ByteString AUDIO = Signals.linear16(Signals.noise(1, 500));
  private static final ByteString ODD_CHUNK = ByteString.copyFromUtf8("INFOx");
  private static final String GUID = "000000001000800000aa00389b71";

  @ParameterizedTest
  @CsvSource({
    "1, 2, 16, LINEAR16, 16000",
    "1, 2, 16, LINEAR16, 44100",
    "7, 1, 8, MULAW, 8000",
    "6, 1, 8, ALAW, 8000"
  })
  void readsThePlainFormats(int tag, int align, int bits, Encoding encoding, int rate) {
    WavFile wav =
        WavFile.parse(new WavBytes().format(tag, 1, rate, align, bits).data(AUDIO).build());

    assertThat(wav.format()).isEqualTo(AudioFormat.of(encoding, rate));
    assertThat(wav.audio()).isEqualTo(AUDIO);
  }

  @ParameterizedTest
  @CsvSource({"1, 16, LINEAR16", "7, 8, MULAW", "6, 8, ALAW"})
  void readsTheExtensibleFormats(int tag, int bits, Encoding encoding) {
    WavFile wav =
        WavFile.parse(new WavBytes().extensible(tag, 48_000, bits, GUID).data(AUDIO).build());

    assertThat(wav.format()).isEqualTo(AudioFormat.of(encoding, 48_000));
    assertThat(wav.audio()).isEqualTo(AUDIO);
  }

  static Stream<Arguments> imperfectButClear() {
    return Stream.of(
        Arguments.of("chunks before and after", pcm("LIST").data(AUDIO).chunk("LIST", ODD_CHUNK)),
        Arguments.of(
            "odd chunk without padding",
            new WavBytes()
                .chunk("LIST", ODD_CHUNK, ODD_CHUNK.size())
                .format(1, 1, 16_000, 2, 16)
                .data(AUDIO)),
        Arguments.of(
            "trailing garbage", pcm("junk").data(AUDIO).raw(ByteString.copyFromUtf8("garbage"))),
        Arguments.of("RIFF size too small", pcm("LIST").data(AUDIO).riffSize(4)),
        Arguments.of("RIFF size too large", pcm("LIST").data(AUDIO).riffSize(1_000_000)),
        Arguments.of("data size 0, RIFF size 0", pcm("LIST").chunk("data", AUDIO, 0).riffSize(0)),
        Arguments.of(
            "data size 0, RIFF size of the header",
            plainPcm().chunk("data", AUDIO, 0).riffSize(36)),
        Arguments.of(
            "data size 0, RIFF size unknown",
            pcm("LIST").chunk("data", AUDIO, 0).riffSize(0xFFFF_FFFFL)),
        Arguments.of("data size -1", pcm("LIST").chunk("data", AUDIO, 0xFFFF_FFFFL)),
        Arguments.of("data size of arecord", pcm("LIST").chunk("data", AUDIO, 0x8000_0000L)),
        Arguments.of("data size of sox", pcm("LIST").chunk("data", AUDIO, 0x7FFF_F000L)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("imperfectButClear")
  void toleratesWhatRealWritersGetWrong(String name, WavBytes file) {
    WavFile wav = WavFile.parse(file.build());

    assertThat(wav.format()).as(name).isEqualTo(AudioFormat.INNER);
    assertThat(wav.audio()).isEqualTo(AUDIO);
  }

  @Test
  void believesThatAFileIsEmptyWhenOtherChunksFollow() {
    WavFile wav = WavFile.parse(plainPcm().data(ByteString.EMPTY).chunk("LIST", ODD_CHUNK).build());

    assertThat(wav.audio()).isEmpty();
    assertThat(wav.duration()).isZero();
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of("empty", "RIFF", ByteString.EMPTY),
        Arguments.of("no RIFF", "RIFF", ByteString.copyFromUtf8("RIFX....WAVEfmt ")),
        Arguments.of("big-endian", "RIFF", ByteString.copyFromUtf8("RIFF....AVI fmt ")),
        Arguments.of("nothing else", "no data", new WavBytes().build()),
        Arguments.of("no data", "no data", plainPcm().build()),
        Arguments.of("header cut", "no data", plainPcm().data(AUDIO).build().substring(0, 43)),
        Arguments.of("format cut", "truncated", plainPcm().build().substring(0, 30)),
        Arguments.of("no format", "no fmt", new WavBytes().data(AUDIO).build()),
        Arguments.of(
            "format after data",
            "no fmt",
            new WavBytes().data(AUDIO).format(1, 1, 16_000, 2, 16).build()),
        Arguments.of(
            "two formats", "two fmt", plainPcm().format(7, 1, 8_000, 1, 8).data(AUDIO).build()),
        Arguments.of(
            "format too short",
            "has 15 bytes",
            new WavBytes().chunk("fmt ", ByteString.copyFrom(new byte[15])).data(AUDIO).build()),
        Arguments.of("data cut", "truncated", plainPcm().data(AUDIO).build().substring(0, 900)),
        Arguments.of(
            "data size a byte too large",
            "truncated",
            plainPcm().chunk("data", AUDIO, AUDIO.size() + 1).build()),
        Arguments.of(
            "data size a gigabyte", "truncated", plainPcm().chunk("data", AUDIO, 1 << 30).build()),
        Arguments.of(
            "chunk size too large",
            "truncated",
            plainPcm().chunk("LIST", ODD_CHUNK, 0xFFFF_FFFFL).data(AUDIO).build()),
        Arguments.of(
            "odd data", "odd number of bytes", plainPcm().data(AUDIO.substring(1)).build()),
        Arguments.of("stereo", "2 channels; only mono", with(1, 2, 16_000, 4, 16)),
        Arguments.of("no channel", "0 channels", with(1, 0, 16_000, 2, 16)),
        Arguments.of("255 channels", "255 channels", with(1, 255, 16_000, 510, 16)),
        Arguments.of("65535 channels", "65535 channels", with(1, 65_535, 16_000, 2, 16)),
        Arguments.of("rate 0", "0 Hz", with(1, 1, 0, 2, 16)),
        Arguments.of("rate too low", "4000 Hz", with(1, 1, 4_000, 2, 16)),
        Arguments.of("rate too high", "96000 Hz", with(1, 1, 96_000, 2, 16)),
        Arguments.of("rate of 32 bits", "-1 Hz", with(1, 1, -1, 2, 16)),
        Arguments.of("8-bit PCM", "8 bits", with(1, 1, 16_000, 1, 8)),
        Arguments.of("24-bit PCM", "24 bits", with(1, 1, 16_000, 3, 24)),
        Arguments.of("0-bit PCM", "0 bits", with(1, 1, 16_000, 2, 0)),
        Arguments.of("16-bit mu-law", "16 bits", with(7, 1, 16_000, 2, 16)),
        Arguments.of("float", "format 3", with(3, 1, 16_000, 4, 32)),
        Arguments.of("ADPCM", "format 2", with(2, 1, 16_000, 2, 4)),
        Arguments.of("block align 0", "0 bytes per sample", with(1, 1, 16_000, 0, 16)),
        Arguments.of("block align 4", "4 bytes per sample", with(1, 1, 16_000, 4, 16)),
        Arguments.of(
            "extensible float",
            "format 3",
            new WavBytes().extensible(3, 16_000, 32, GUID).data(AUDIO).build()),
        Arguments.of(
            "extensible of another kind",
            "extensible",
            new WavBytes().extensible(1, 16_000, 16, GUID.replace("71", "72")).data(AUDIO).build()),
        Arguments.of("extensible too short", "extensible", with(0xFFFE, 1, 16_000, 2, 16)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void refusesWhatItCannotReadRightAndSaysWhy(String name, String why, ByteString file) {
    assertThatThrownBy(() -> WavFile.parse(file))
        .as(name)
        .asInstanceOf(InstanceOfAssertFactories.type(SpeechException.class))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.AUDIO_INVALID))
        .satisfies(e -> assertThat(e).hasMessageContaining(why));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "RIFF", "RIFF....WAV", "ID3.....WAVE", "RIFF....AVI "})
  void doesNotTakeOtherBytesForWav(String start) {
    assertThat(WavFile.startsWav(ByteString.copyFromUtf8(start))).isFalse();
  }

  @Test
  void looksAtTheBufferFromItsPositionAndLeavesItAsItIs() {
    ByteString file = pcm("LIST").data(AUDIO).build();
    ByteBuffer buffer = ByteBuffer.allocate(file.size() + 3);
    buffer.position(3);
    file.copyTo(buffer);
    buffer.position(3);

    WavHeader header = WavHeader.parse(buffer);

    assertThat(header.dataLength()).isEqualTo(AUDIO.size());
    assertThat(file.substring(header.dataOffset())).isEqualTo(AUDIO);
    assertThat(buffer.position()).isEqualTo(3);
  }

  @Test
  void knowsHowLongTheAudioIs() {
    WavFile wav = WavFile.parse(plainPcm().data(AUDIO).build());

    assertThat(wav.duration()).isEqualTo(Duration.ofNanos(31_250_000));
  }

  private static WavBytes plainPcm() {
    return new WavBytes().format(1, 1, 16_000, 2, 16);
  }

  private static WavBytes pcm(String chunkBefore) {
    return new WavBytes().chunk(chunkBefore, ODD_CHUNK).format(1, 1, 16_000, 2, 16);
  }

  private static ByteString with(int tag, int channels, int rate, int align, int bits) {
    return new WavBytes().format(tag, channels, rate, align, bits).data(AUDIO).build();
  }
}
