// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import halfsecond.common.error.SpeechException;
import halfsecond.deploy.client.AudioSource;
import halfsecond.deploy.client.WireFormat;
import halfsecond.speech.v1.RecognitionConfig.AudioEncoding;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AudioFilesTest {

  @TempDir Path folder;

  @Test
  void readsTheAudioOfAWavFileAndNothingElse() throws Exception {
    byte[] audio = {1, 2, 3, 4, 5, 6};

    AudioSource source = AudioFiles.wav(file(muLawWav(audio, "LISTtext after it")));

    assertThat(source.format())
        .isEqualTo(new WireFormat(AudioEncoding.AUDIO_ENCODING_MULAW, 8_000));
    assertThat(source.sizeBytes()).hasValue(6);
    try (InputStream bytes = source.open(0)) {
      assertThat(bytes.readAllBytes()).containsExactly(audio);
    }
    try (InputStream bytes = source.open(4)) {
      assertThat(bytes.read()).isEqualTo(5);
      assertThat(bytes.read()).isEqualTo(6);
      assertThat(bytes.read()).isEqualTo(-1);
    }
    try (InputStream bytes = source.open(99)) {
      assertThat(bytes.readAllBytes()).isEmpty();
    }
  }

  @Test
  void saysWhyAFileIsNoWavFile() throws Exception {
    Path text = file("not audio at all".getBytes(StandardCharsets.US_ASCII));

    assertThatThrownBy(() -> AudioFiles.wav(text))
        .isInstanceOf(SpeechException.class)
        .hasMessageContaining("RIFF");
  }

  @Test
  void leavesHalfASampleAtTheEndOfARawFileOut() throws Exception {
    AudioSource source = AudioFiles.raw(file(new byte[11]), WireFormat.LINEAR16_16K);

    assertThat(source.sizeBytes()).hasValue(10);
  }

  @Test
  void doesNotHideThatAFileIsMissing() {
    assertThatThrownBy(() -> AudioFiles.wav(folder.resolve("none.wav")))
        .isInstanceOf(NoSuchFileException.class);
  }

  private Path file(byte[] content) throws Exception {
    return Files.write(folder.resolve("a.wav"), content);
  }

  private static byte[] muLawWav(byte[] audio, String after) {
    byte[] rest = after.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer file =
        ByteBuffer.allocate(44 + audio.length + rest.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(file.capacity() - 8);
    file.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    file.putShort((short) 7).putShort((short) 1).putInt(8_000).putInt(8_000);
    file.putShort((short) 1).putShort((short) 8);
    file.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(audio.length).put(audio);
    return file.put(rest).array();
  }
}
