// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The header of an OpenFst file, as far as tests look at it. */
record FstHeader(String type, long states, long arcs) {
  private static final int MAGIC = 2125659606;
  private static final int HEAD_BYTES = 128;

  static FstHeader read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      ByteBuffer head = ByteBuffer.wrap(in.readNBytes(HEAD_BYTES)).order(ByteOrder.LITTLE_ENDIAN);
      if (head.getInt() != MAGIC) {
        throw new IOException("not an OpenFst file");
      }
      String type = text(head);
      text(head); // kind of arcs
      head.getLong(); // version and flags
      head.getLong(); // properties
      head.getLong(); // start
      return new FstHeader(type, head.getLong(), head.getLong());
    }
  }

  private static String text(ByteBuffer head) {
    byte[] bytes = new byte[head.getInt()];
    head.get(bytes);
    return new String(bytes, StandardCharsets.US_ASCII);
  }
}
