// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.kept;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Values as their fields, one after the other, behind the version of that form. */
public abstract class FieldsCodec<T> implements Codec<T> {
  private final String what;
  private final int version;

  /**
   * @param what of whom a failure tells, as in "not a reference"
   * @param version of the form; what is older or newer is not read
   */
  protected FieldsCodec(String what, int version) {
    this.what = what;
    this.version = version;
  }

  /** Writes all fields. */
  protected abstract void write(T value, DataOutput out) throws IOException;

  /** Reads what was written; may throw anything if it is something else. */
  protected abstract T read(DataInput in) throws IOException;

  @Override
  public final byte[] write(T value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(version);
      write(value, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Override
  public final T read(byte[] bytes) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readByte() != version) {
        throw new IOException("not " + what + " of this version");
      }
      return read(in);
    } catch (RuntimeException e) {
      throw new IOException("not " + what, e);
    }
  }
}
