// SPDX-License-Identifier: Apache-2.0
package halfsecond.testing;

import halfsecond.common.audio.Audio16k;
import halfsecond.common.audio.SampleCarry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The plain WAV files that tests read and make: uncompressed 16-bit mono. */
public final class WavFile {
  private static final int HEADER = 44;

  private WavFile() {}

  /**
   * The samples of a 16 kHz file.
   *
   * @throws IOException if it cannot be read or is anything else
   */
  public static short[] read(Path file) throws IOException {
    return parse(Files.readAllBytes(file), file.toString());
  }

  static short[] parse(byte[] content, String name) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.remaining() < HEADER || !tag(bytes).equals("RIFF")) {
      throw new IOException(name + " is not a WAV file");
    }
    bytes.position(12);
    boolean supported = false;
    while (bytes.remaining() >= 8) {
      String chunk = tag(bytes);
      int size = bytes.getInt();
      ByteBuffer body = bytes.slice(bytes.position(), Math.min(size, bytes.remaining()));
      body.order(ByteOrder.LITTLE_ENDIAN);
      if (chunk.equals("fmt ")) {
        supported =
            body.getShort(0) == 1
                && body.getShort(2) == 1
                && body.getInt(4) == Audio16k.SAMPLE_RATE
                && body.getShort(14) == 16;
      } else if (chunk.equals("data") && supported) {
        return new SampleCarry().read(body);
      }
      bytes.position(bytes.position() + Math.min(size + (size & 1), bytes.remaining()));
    }
    throw new IOException(name + " is not 16 kHz 16-bit mono");
  }

  /** A file of these samples, with the usual header of 44 bytes. */
  public static byte[] bytes(short[] samples, int sampleRate) {
    byte[] audio = Audio16k.toBytes(samples);
    return ByteBuffer.allocate(HEADER + audio.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("RIFF".getBytes(StandardCharsets.US_ASCII))
        .putInt(HEADER - 8 + audio.length)
        .put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
        .putInt(16)
        .putShort((short) 1)
        .putShort((short) 1)
        .putInt(sampleRate)
        .putInt(sampleRate * 2)
        .putShort((short) 2)
        .putShort((short) 16)
        .put("data".getBytes(StandardCharsets.US_ASCII))
        .putInt(audio.length)
        .put(audio)
        .array();
  }

  private static String tag(ByteBuffer bytes) {
    byte[] tag = new byte[4];
    bytes.get(tag);
    return new String(tag, StandardCharsets.US_ASCII);
  }
}
