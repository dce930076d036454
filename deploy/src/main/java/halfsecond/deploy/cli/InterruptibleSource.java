// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.cli;

import halfsecond.deploy.client.AudioSource;
import halfsecond.deploy.client.WireFormat;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/**
 * Lets Ctrl-C end a microphone the way a file ends: what was said until then is still answered. The
 * interrupt of the reading thread becomes the end of the audio.
 */
record InterruptibleSource(AudioSource source) implements AudioSource {

  @Override
  public WireFormat format() {
    return source.format();
  }

  @Override
  public OptionalLong sizeBytes() {
    return source.sizeBytes();
  }

  @Override
  public InputStream open(long fromByte) throws IOException {
    return new FilterInputStream(source.open(fromByte)) {
      private boolean ended;

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        if (ended) {
          return -1;
        }
        int count = super.read(bytes, offset, length);
        ended = Thread.interrupted();
        return count;
      }
    };
  }
}
