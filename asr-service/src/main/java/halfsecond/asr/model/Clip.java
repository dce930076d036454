// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A piece of speech and what is said in it.
 *
 * @param name of the clip
 * @param reference what is said: lower-case words, single spaces
 * @param audio 16 kHz 16-bit little-endian mono samples; read-only, and every call returns a buffer
 *     of its own
 */
public record Clip(String name, String reference, ByteBuffer audio) {
  public Clip {
    audio = audio.asReadOnlyBuffer();
  }

  @Override
  public ByteBuffer audio() {
    return audio.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }
}
