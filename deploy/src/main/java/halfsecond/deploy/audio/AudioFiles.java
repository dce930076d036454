// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.audio;

import halfsecond.common.error.SpeechException;
import halfsecond.deploy.client.AudioSource;
import halfsecond.deploy.client.WireFormat;
import halfsecond.router.audio.Encoding;
import halfsecond.router.audio.WavHeader;
import halfsecond.speech.v1.RecognitionConfig.AudioEncoding;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;

/** Opens recordings without reading them into memory. */
public final class AudioFiles {

  private AudioFiles() {}

  /**
   * A WAV file; the door's own rules say which ones are accepted.
   *
   * @throws IOException when it cannot be read
   * @throws SpeechException AUDIO_INVALID when it is not such a file; the text says why
   */
  public static AudioSource wav(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      if (channel.size() > Integer.MAX_VALUE) {
        throw new IOException("WAV files of 2 GiB and more are not supported");
      }
      MappedByteBuffer bytes = channel.map(MapMode.READ_ONLY, 0, channel.size());
      WavHeader header = WavHeader.parse(bytes);
      WireFormat format =
          new WireFormat(
              encoding(header.format().encoding()), header.format().sampleRate().hertz());
      return new FileSource(file, format, header.dataOffset(), header.dataLength());
    }
  }

  /**
   * A file of samples without a header. Bytes that are no whole sample at its end are left out.
   *
   * @throws IOException when it cannot be read
   */
  public static AudioSource raw(Path file, WireFormat format) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      long whole = channel.size() - channel.size() % format.bytesPerSample();
      return new FileSource(file, format, 0, whole);
    }
  }

  private static AudioEncoding encoding(Encoding encoding) {
    return switch (encoding) {
      case LINEAR16 -> AudioEncoding.AUDIO_ENCODING_LINEAR16;
      case MULAW -> AudioEncoding.AUDIO_ENCODING_MULAW;
      case ALAW -> AudioEncoding.AUDIO_ENCODING_ALAW;
    };
  }
}
