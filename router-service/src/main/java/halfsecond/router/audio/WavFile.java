// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.audio;

import com.google.protobuf.ByteString;
import java.time.Duration;

/**
 * A WAV file in memory: its format and its audio, which is a view of the file's bytes, not a copy.
 */
public record WavFile(AudioFormat format, ByteString audio) {
  /**
   * Parses a complete file.
   *
   * @throws halfsecond.common.error.SpeechException as {@link WavHeader#parse} does
   */
  public static WavFile parse(ByteString file) {
    WavHeader header = WavHeader.parse(file.asReadOnlyByteBuffer());
    int end = header.dataOffset() + header.dataLength();
    return new WavFile(header.format(), file.substring(header.dataOffset(), end));
  }

  /** Whether bytes begin as WAV files do; only then are they worth parsing. */
  public static boolean startsWav(ByteString file) {
    return WavParser.startsWav(file.asReadOnlyByteBuffer());
  }

  /** How long the audio is. */
  public Duration duration() {
    return format.durationOf(audio.size());
  }
}
