// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.audio;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The first bytes of a stream: a WAV file may hold other things after its audio. */
final class LimitedInputStream extends FilterInputStream {

  private long left;

  LimitedInputStream(InputStream in, long limit) {
    super(in);
    this.left = limit;
  }

  @Override
  public int read() throws IOException {
    if (left <= 0) {
      return -1;
    }
    int value = super.read();
    if (value >= 0) {
      left--;
    }
    return value;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (left <= 0) {
      return -1;
    }
    int count = super.read(bytes, offset, (int) Math.min(length, left));
    if (count > 0) {
      left -= count;
    }
    return count;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
