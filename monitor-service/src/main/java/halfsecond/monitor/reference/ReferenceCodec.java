// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.reference;

import halfsecond.monitor.kept.Codec;
import halfsecond.monitor.window.Aggregate;
import halfsecond.monitor.window.CohortKey;
import halfsecond.monitor.window.TimeSpan;
import halfsecond.monitor.window.Who;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** References as bytes, for whoever keeps them. */
public final class ReferenceCodec implements Codec<StoredReference> {
  /** Of the format; what is older or newer is not read. */
  private static final int VERSION = 1;

  @Override
  public String id(StoredReference stored) {
    return stored.reference().id();
  }

  @Override
  public byte[] write(StoredReference stored) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      write(stored.reference(), out);
      out.writeInt(stored.sums().size());
      for (Map.Entry<String, StoredReference.Sum> sum : stored.sums().entrySet()) {
        out.writeUTF(sum.getKey());
        out.writeDouble(sum.getValue().seconds());
        out.writeDouble(sum.getValue().variance());
        sum.getValue().aggregate().write(out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Override
  public StoredReference read(byte[] bytes) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readByte() != VERSION) {
        throw new IOException("not a reference of this version");
      }
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
    } catch (IllegalArgumentException e) {
      throw new IOException("not a reference", e);
    }
  }

  private static void write(Reference reference, DataOutput out) throws IOException {
    out.writeUTF(reference.id());
    out.writeUTF(reference.displayName());
    if (reference.window() instanceof Reference.Pinned pinned) {
      out.writeUTF("");
      write(pinned.range().start(), out);
      write(pinned.range().end(), out);
    } else if (reference.window() instanceof Reference.Moving moving) {
      out.writeUTF(moving.rolling().name());
    }
    writeIfSet(reference.who().modelVersion(), out);
    CohortKey cohort = reference.who().cohort();
    writeIfSet(cohort == null ? null : cohort.dimension().name(), out);
    writeIfSet(cohort == null ? null : cohort.value(), out);
    writeIfSet(reference.metric(), out);
    write(reference.made().at(), out);
    out.writeUTF(reference.made().by());
    out.writeUTF(reference.made().comment());
  }

  private static Reference reference(DataInput in) throws IOException {
    String id = in.readUTF();
    String displayName = in.readUTF();
    String rolling = in.readUTF();
    Reference.Window window =
        rolling.isEmpty()
            ? new Reference.Pinned(new TimeSpan(instant(in), instant(in)))
            : new Reference.Moving(Rolling.valueOf(rolling));
    String version = ifSet(in);
    String dimension = ifSet(in);
    String value = ifSet(in);
    CohortKey cohort =
        dimension == null || value == null
            ? null
            : new CohortKey(CohortKey.Dimension.valueOf(dimension), value);
    String metric = ifSet(in);
    return new Reference(
        id,
        displayName,
        window,
        new Who(version, cohort),
        metric,
        new Reference.Made(instant(in), in.readUTF(), in.readUTF()));
  }

  private static void write(Instant instant, DataOutput out) throws IOException {
    out.writeLong(instant.getEpochSecond());
    out.writeInt(instant.getNano());
  }

  private static Instant instant(DataInput in) throws IOException {
    return Instant.ofEpochSecond(in.readLong(), in.readInt());
  }

  private static void writeIfSet(@Nullable String text, DataOutput out) throws IOException {
    out.writeBoolean(text != null);
    if (text != null) {
      out.writeUTF(text);
    }
  }

  private static @Nullable String ifSet(DataInput in) throws IOException {
    return in.readBoolean() ? in.readUTF() : null;
  }
}
