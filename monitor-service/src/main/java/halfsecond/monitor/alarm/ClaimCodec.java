// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.alarm;

import halfsecond.monitor.kept.Codec;
import halfsecond.monitor.kept.Fields;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Claims as bytes. */
public final class ClaimCodec implements Codec<Claim> {
  /** Of the format; what is older or newer is not read. */
  private static final int VERSION = 1;

  @Override
  public String id(Claim claim) {
    return claim.id();
  }

  @Override
  public byte[] write(Claim claim) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeUTF(claim.id());
      Fields.write(claim.at(), out);
      out.writeBoolean(claim.done());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Override
  public Claim read(byte[] bytes) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readByte() != VERSION) {
        throw new IOException("not a claim of this version");
      }
      return new Claim(in.readUTF(), Fields.instant(in), in.readBoolean());
    }
  }
}
