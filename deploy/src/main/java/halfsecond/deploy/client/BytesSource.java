// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.client;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.OptionalLong;

/** Audio in memory; owns its bytes. */
final class BytesSource implements AudioSource {

  private final WireFormat format;
  private final byte[] audio;

  BytesSource(WireFormat format, byte[] audio) {
    this.format = format;
    this.audio = audio;
  }

  @Override
  public WireFormat format() {
    return format;
  }

  @Override
  public OptionalLong sizeBytes() {
    return OptionalLong.of(audio.length);
  }

  @Override
  public InputStream open(long fromByte) {
    int from = Math.toIntExact(Math.min(fromByte, audio.length));
    return new ByteArrayInputStream(audio, from, audio.length - from);
  }
}
