// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.alarm;

import halfsecond.monitor.kept.Fields;
import halfsecond.monitor.kept.FieldsCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Claims as bytes. */
public final class ClaimCodec extends FieldsCodec<Claim> {
  public ClaimCodec() {
    super("a claim", 1);
  }

  @Override
  public String id(Claim claim) {
    return claim.id();
  }

  @Override
  protected void write(Claim claim, DataOutput out) throws IOException {
    out.writeUTF(claim.id());
    Fields.write(claim.at(), out);
    out.writeBoolean(claim.done());
  }

  @Override
  protected Claim read(DataInput in) throws IOException {
    return new Claim(in.readUTF(), Fields.instant(in), in.readBoolean());
  }
}
