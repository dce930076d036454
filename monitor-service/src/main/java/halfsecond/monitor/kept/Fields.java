// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.kept;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What {@link DataOutput} has no form for. */
public final class Fields {
  private Fields() {}

  /** Writes an instant, to be read by {@link #instant}. */
  public static void write(Instant instant, DataOutput out) throws IOException {
    out.writeLong(instant.getEpochSecond());
    out.writeInt(instant.getNano());
  }

  /**
   * Reads an instant.
   *
   * @throws IOException if it is something else
   */
  public static Instant instant(DataInput in) throws IOException {
    try {
      return Instant.ofEpochSecond(in.readLong(), in.readInt());
    } catch (DateTimeException e) {
      throw new IOException("not an instant", e);
    }
  }

  /** Writes a text that may be missing, to be read by {@link #ifSet}. */
  public static void writeIfSet(@Nullable String text, DataOutput out) throws IOException {
    out.writeBoolean(text != null);
    if (text != null) {
      out.writeUTF(text);
    }
  }

  /** Reads a text; null if it was missing. */
  public static @Nullable String ifSet(DataInput in) throws IOException {
    return in.readBoolean() ? in.readUTF() : null;
  }
}
