// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.reference;

import halfsecond.monitor.kept.Fields;
import halfsecond.monitor.kept.FieldsCodec;
import halfsecond.monitor.window.Aggregate;
import halfsecond.monitor.window.TimeSpan;
import halfsecond.monitor.window.Who;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** References as bytes, for whoever keeps them. */
public final class ReferenceCodec extends FieldsCodec<StoredReference> {
  public ReferenceCodec() {
    super("a reference", 1);
  }

  @Override
  public String id(StoredReference stored) {
    return stored.reference().id();
  }

  @Override
  protected void write(StoredReference stored, DataOutput out) throws IOException {
    write(stored.reference(), out);
    out.writeInt(stored.sums().size());
    for (Map.Entry<String, StoredReference.Sum> sum : stored.sums().entrySet()) {
      out.writeUTF(sum.getKey());
      out.writeDouble(sum.getValue().seconds());
      out.writeDouble(sum.getValue().variance());
      sum.getValue().aggregate().write(out);
    }
  }

  @Override
  protected StoredReference read(DataInput in) throws IOException {
    Reference reference = reference(in);
    int size = in.readInt();
    Map<String, StoredReference.Sum> sums = new HashMap<>();
    for (int i = 0; i < size; i++) {
      String metric = in.readUTF();
      double seconds = in.readDouble();
      double variance = in.readDouble();
      sums.put(metric, new StoredReference.Sum(Aggregate.read(in), seconds, variance));
    }
    return new StoredReference(reference, sums);
  }

  private static void write(Reference reference, DataOutput out) throws IOException {
    out.writeUTF(reference.id());
    out.writeUTF(reference.displayName());
    if (reference.window() instanceof Reference.Pinned pinned) {
      out.writeUTF("");
      Fields.write(pinned.range().start(), out);
      Fields.write(pinned.range().end(), out);
    } else if (reference.window() instanceof Reference.Moving moving) {
      out.writeUTF(moving.rolling().name());
    }
    reference.who().write(out);
    Fields.writeIfSet(reference.metric(), out);
    Fields.write(reference.made().at(), out);
    out.writeUTF(reference.made().by());
    out.writeUTF(reference.made().comment());
  }

  private static Reference reference(DataInput in) throws IOException {
    String id = in.readUTF();
    String displayName = in.readUTF();
    String rolling = in.readUTF();
    Reference.Window window =
        rolling.isEmpty()
            ? new Reference.Pinned(new TimeSpan(Fields.instant(in), Fields.instant(in)))
            : new Reference.Moving(Rolling.valueOf(rolling));
    Who who = Who.read(in);
    String metric = Fields.ifSet(in);
    return new Reference(
        id,
        displayName,
        window,
        who,
        metric,
        new Reference.Made(Fields.instant(in), in.readUTF(), in.readUTF()));
  }
}
