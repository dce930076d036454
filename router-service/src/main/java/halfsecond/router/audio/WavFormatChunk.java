// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.audio;

import java.nio.ByteBuffer;

/**
 * Reads the fmt chunk of a WAV file. The byte rate is not looked at: it adds nothing, and many
 * writers get it wrong.
 */
final class WavFormatChunk {
  private static final int PLAIN_BYTES = 16;
  private static final int EXTENSIBLE_BYTES = 40;
  private static final int TAG_PCM = 1;
  private static final int TAG_ALAW = 6;
  private static final int TAG_MULAW = 7;
  private static final int TAG_EXTENSIBLE = 0xFFFE;

  /**
   * An extensible format is a GUID: two bytes of a plain tag, then these, read as little-endian
   * numbers.
   */
  private static final int GUID_MIDDLE = 0x0010_0000;

  private static final long GUID_END = 0x719B_3800_AA00_0080L;

  private WavFormatChunk() {}

  static AudioFormat parse(ByteBuffer chunk) {
    if (chunk.limit() < PLAIN_BYTES) {
      throw InvalidAudio.because("The fmt chunk of the WAV file has " + chunk.limit() + " bytes");
    }
    int channels = unsigned(chunk, 2);
    if (channels != 1) {
      throw InvalidAudio.because(
          "The WAV file has " + channels + " channels; only mono is supported, send one channel");
    }
    Encoding encoding = encoding(chunk);
    int bits = unsigned(chunk, 14);
    if (bits != 8 * encoding.bytesPerSample()) {
      throw InvalidAudio.because(
          "The WAV file has "
              + bits
              + " bits per sample; supported are 16-bit PCM, 8-bit mu-law and 8-bit A-law");
    }
    int blockAlign = unsigned(chunk, 12);
    if (blockAlign != encoding.bytesPerSample()) {
      throw InvalidAudio.because(
          "The WAV file says "
              + blockAlign
              + " bytes per sample where its format takes "
              + encoding.bytesPerSample());
    }
    return AudioFormat.of(encoding, chunk.getInt(4));
  }

  private static Encoding encoding(ByteBuffer chunk) {
    int tag = unsigned(chunk, 0);
    if (tag == TAG_EXTENSIBLE) {
      tag = extensibleTag(chunk);
    }
    return switch (tag) {
      case TAG_PCM -> Encoding.LINEAR16;
      case TAG_ALAW -> Encoding.ALAW;
      case TAG_MULAW -> Encoding.MULAW;
      default ->
          throw InvalidAudio.because(
              "The WAV file has format "
                  + tag
                  + "; supported are 16-bit PCM (1), A-law (6) and mu-law (7)");
    };
  }

  private static int extensibleTag(ByteBuffer chunk) {
    if (chunk.limit() < EXTENSIBLE_BYTES) {
      throw InvalidAudio.because(
          "The extensible fmt chunk of the WAV file has " + chunk.limit() + " bytes");
    }
    boolean plain =
        unsigned(chunk, 26) == 0
            && chunk.getInt(28) == GUID_MIDDLE
            && chunk.getLong(32) == GUID_END;
    if (!plain) {
      throw InvalidAudio.because("The WAV file has an extensible format that is not supported");
    }
    return unsigned(chunk, 24);
  }

  private static int unsigned(ByteBuffer chunk, int index) {
    return Short.toUnsignedInt(chunk.getShort(index));
  }
}
