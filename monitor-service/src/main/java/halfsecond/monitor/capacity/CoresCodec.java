// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.capacity;

import halfsecond.monitor.kept.Codec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Locale;

/** Totals as bytes, one for each minute at most. */
public final class CoresCodec implements Codec<Cores> {
  /** Of the format; what is older or newer is not read. */
  private static final byte VERSION = 1;

  private static final int LENGTH = 1 + Long.BYTES + Double.BYTES;

  @Override
  public String id(Cores cores) {
    return id(cores.from());
  }

  /** The id of the total from this minute on; in the order of time. */
  static String id(Instant from) {
    return String.format(Locale.ROOT, "%012d", from.getEpochSecond());
  }

  @Override
  public byte[] write(Cores cores) {
    return ByteBuffer.allocate(LENGTH)
        .put(VERSION)
        .putLong(cores.from().getEpochSecond())
        .putDouble(cores.total())
        .array();
  }

  @Override
  public Cores read(byte[] bytes) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (bytes.length != LENGTH || in.get() != VERSION) {
      throw new IOException("not a total of cores of this version");
    }
    Instant from = Instant.ofEpochSecond(in.getLong());
    double total = in.getDouble();
    if (!(total >= 0 && total < Double.POSITIVE_INFINITY)) {
      throw new IOException("not a total of cores");
    }
    return new Cores(from, total);
  }
}
