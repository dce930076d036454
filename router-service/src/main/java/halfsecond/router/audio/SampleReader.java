// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.audio;

import com.google.protobuf.ByteString;
import halfsecond.common.audio.SampleCarry;

/**
 * Turns the bytes of one encoding into samples; one of 16 bits may be split between two messages.
 * Not thread-safe.
 */
final class SampleReader {
  private final Encoding encoding;
  private final SampleCarry carry = new SampleCarry();

  SampleReader(Encoding encoding) {
    this.encoding = encoding;
  }

  /** The samples that these bytes complete. */
  short[] read(ByteString bytes) {
    return switch (encoding) {
      case LINEAR16 -> carry.read(bytes.asReadOnlyByteBuffer());
      case MULAW -> G711.mulaw(bytes);
      case ALAW -> G711.alaw(bytes);
    };
  }

  /** Whether a sample still lacks a byte. */
  boolean pending() {
    return carry.pending();
  }
}
