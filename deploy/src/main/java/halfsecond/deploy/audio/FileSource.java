// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.audio;

import halfsecond.deploy.client.AudioSource;
import halfsecond.deploy.client.WireFormat;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.OptionalLong;

/** A stretch of a file. Ends where the stretch or the file ends, whichever comes first. */
record FileSource(Path file, WireFormat format, long offset, long length) implements AudioSource {

  @Override
  public OptionalLong sizeBytes() {
    return OptionalLong.of(length);
  }

  @Override
  public InputStream open(long fromByte) throws IOException {
    FileChannel channel = FileChannel.open(file);
    try {
      channel.position(offset + Math.min(fromByte, length));
      InputStream bytes = new BufferedInputStream(Channels.newInputStream(channel));
      return new LimitedInputStream(bytes, Math.max(0, length - fromByte));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }
}
