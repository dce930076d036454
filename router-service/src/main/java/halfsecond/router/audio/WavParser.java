// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Walks the chunks of one WAV file up to its audio. Every read is checked against the bytes that
 * are there.
 */
final class WavParser {
  private static final int RIFF = fourCharacters("RIFF");
  private static final int WAVE = fourCharacters("WAVE");
  private static final int FORMAT = fourCharacters("fmt ");
  private static final int DATA = fourCharacters("data");
  private static final int RIFF_HEADER_BYTES = 12;
  private static final int CHUNK_HEADER_BYTES = 8;

  /**
   * Writers that cannot seek back leave 0xFFFFFFFF, 0x80000000, 0x7FFFF000 or the like in a size.
   * No file that is accepted is really as large.
   */
  private static final long UNKNOWN_SIZE = 0x7FFF_0000L;

  private final ByteBuffer file;

  WavParser(ByteBuffer file) {
    this.file = file.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  static boolean startsWav(ByteBuffer file) {
    ByteBuffer view = file.slice().order(ByteOrder.LITTLE_ENDIAN);
    return view.limit() >= RIFF_HEADER_BYTES && view.getInt(0) == RIFF && view.getInt(8) == WAVE;
  }

  WavHeader parse() {
    if (!startsWav(file)) {
      throw InvalidAudio.because("Not a WAV file: it does not begin with RIFF and WAVE");
    }
    AudioFormat format = null;
    long position = RIFF_HEADER_BYTES;
    while (position + CHUNK_HEADER_BYTES <= file.limit()) {
      int id = file.getInt((int) position);
      long size = Integer.toUnsignedLong(file.getInt((int) position + 4));
      int body = (int) position + CHUNK_HEADER_BYTES;
      if (id == DATA) {
        return header(format, body, size);
      }
      if (size > file.limit() - body) {
        throw InvalidAudio.because("The WAV file is truncated within its header");
      }
      if (id == FORMAT) {
        if (format != null) {
          throw InvalidAudio.because("The WAV file has two fmt chunks");
        }
        format = WavFormatChunk.parse(file.slice(body, (int) size).order(ByteOrder.LITTLE_ENDIAN));
      }
      position = next(body, size);
    }
    throw InvalidAudio.because("The WAV file has no data chunk");
  }

  /**
   * Chunks of odd size are followed by a zero byte, but some writers forget it: then a letter
   * follows.
   */
  private long next(int body, long size) {
    long end = body + size;
    boolean padded = size % 2 != 0 && (end >= file.limit() || file.get((int) end) == 0);
    return padded ? end + 1 : end;
  }

  private WavHeader header(@Nullable AudioFormat format, int body, long size) {
    if (format == null) {
      throw InvalidAudio.because("The WAV file has no fmt chunk before its data chunk");
    }
    int present = file.limit() - body;
    long length = sizeUnknown(size, body) ? present : size;
    if (length > present) {
      throw InvalidAudio.because(
          "The WAV file is truncated: its header says "
              + length
              + " bytes of audio, and "
              + present
              + " are there");
    }
    if (length % format.encoding().bytesPerSample() != 0) {
      throw InvalidAudio.because(
          "The WAV file has an odd number of bytes of audio; 16-bit samples take two");
    }
    return new WavHeader(format, body, (int) length);
  }

  /** A size of 0 is meant when the RIFF size is a real one that says that other chunks follow. */
  private boolean sizeUnknown(long size, int body) {
    long riffEnd = Integer.toUnsignedLong(file.getInt(4)) + CHUNK_HEADER_BYTES;
    boolean moreChunks = riffEnd > body && riffEnd < UNKNOWN_SIZE;
    return size >= UNKNOWN_SIZE || (size == 0 && !moreChunks);
  }

  private static int fourCharacters(String name) {
    return name.charAt(0) | name.charAt(1) << 8 | name.charAt(2) << 16 | name.charAt(3) << 24;
  }
}
