// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.client;

import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/**
 * Audio to be recognized: a file, a microphone, or bytes in a test. Used by one thread at a time.
 */
public interface AudioSource {

  /** What the bytes mean. */
  WireFormat format();

  /** Bytes of audio there are, when the end is known beforehand. */
  OptionalLong sizeBytes();

  /**
   * Opens the audio; the caller closes it.
   *
   * @param fromByte where to begin, on a sample's first byte; sources without an end take only 0
   */
  InputStream open(long fromByte) throws IOException;

  /** Audio that is in memory already. */
  static AudioSource of(WireFormat format, byte[] audio) {
    return new BytesSource(format, audio.clone());
  }
}
