// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.audio;

import java.nio.ByteBuffer;

/**
 * What the header of a WAV file says: the format, and where in the file the audio is. Accepted are
 * mono RIFF files of 16-bit PCM, mu-law or A-law, plainly tagged or as WAVE_FORMAT_EXTENSIBLE. The
 * rules for headers that real writers get wrong, and for those that are refused, are in
 * docs/audio.md.
 */
public record WavHeader(AudioFormat format, int dataOffset, int dataLength) {
  /**
   * Reads the header of a file that is complete in the buffer, between its position and its limit;
   * {@link #dataOffset} counts from that position. The buffer itself is left as it is. Works on a
   * memory-mapped file without reading the audio.
   *
   * @throws halfsecond.common.error.SpeechException with AUDIO_INVALID when it is no WAV file, one
   *     of another format, or one whose header does not fit the bytes that are there
   */
  public static WavHeader parse(ByteBuffer file) {
    return new WavParser(file).parse();
  }
}
