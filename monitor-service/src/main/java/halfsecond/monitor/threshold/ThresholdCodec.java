// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.threshold;

import halfsecond.monitor.kept.Fields;
import halfsecond.monitor.kept.FieldsCodec;
import halfsecond.monitor.window.CohortKey;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Changes of thresholds as bytes. */
public final class ThresholdCodec extends FieldsCodec<ThresholdChange> {
  public ThresholdCodec() {
    super("a change of a threshold", 2);
  }

  @Override
  public String id(ThresholdChange change) {
    return change.id();
  }

  @Override
  protected void write(ThresholdChange change, DataOutput out) throws IOException {
    out.writeUTF(change.id());
    out.writeUTF(change.target().metric());
    CohortKey cohort = change.target().cohort();
    out.writeBoolean(cohort != null);
    if (cohort != null) {
      out.writeUTF(cohort.dimension().name());
      out.writeUTF(cohort.value());
    }
    write(change.before(), out);
    write(change.after(), out);
    Fields.write(change.at(), out);
    out.writeUTF(change.actor());
    out.writeUTF(change.comment());
  }

  @Override
  protected ThresholdChange read(DataInput in) throws IOException {
    String id = in.readUTF();
    String metric = in.readUTF();
    CohortKey cohort =
        in.readBoolean()
            ? new CohortKey(CohortKey.Dimension.valueOf(in.readUTF()), in.readUTF())
            : null;
    Setting before = setting(in);
    Setting after = setting(in);
    Instant at = Fields.instant(in);
    return new ThresholdChange(
        id, new Target(metric, cohort), before, after, at, in.readUTF(), in.readUTF());
  }

  private static void write(@Nullable Setting setting, DataOutput out) throws IOException {
    out.writeBoolean(setting != null);
    if (setting != null) {
      write(setting.minimumEffect(), out);
      write(setting.significance(), out);
      out.writeLong(setting.minimumCount() == null ? 0 : setting.minimumCount());
      out.writeLong(setting.hold() == null ? -1 : setting.hold().toNanos());
      out.writeLong(setting.release() == null ? -1 : setting.release().toNanos());
      out.writeBoolean(setting.muted());
      writeLimit(setting.lowerLimit(), out);
      writeLimit(setting.upperLimit(), out);
    }
  }

  private static @Nullable Setting setting(DataInput in) throws IOException {
    if (!in.readBoolean()) {
      return null;
    }
    Double effect = number(in);
    Double significance = number(in);
    long count = in.readLong();
    return new Setting(
        effect,
        significance,
        count == 0 ? null : (Long) count,
        duration(in),
        duration(in),
        in.readBoolean(),
        limit(in),
        limit(in));
  }

  /** Which may well be 0, and is never not a number. */
  private static void writeLimit(@Nullable Double limit, DataOutput out) throws IOException {
    out.writeDouble(limit == null ? Double.NaN : limit);
  }

  private static @Nullable Double limit(DataInput in) throws IOException {
    double limit = in.readDouble();
    return Double.isNaN(limit) ? null : (Double) limit;
  }

  /** None of them can be 0. */
  private static void write(@Nullable Double number, DataOutput out) throws IOException {
    out.writeDouble(number == null ? 0 : number);
  }

  private static @Nullable Double number(DataInput in) throws IOException {
    double number = in.readDouble();
    return number == 0 ? null : (Double) number;
  }

  private static @Nullable Duration duration(DataInput in) throws IOException {
    long nanos = in.readLong();
    return nanos < 0 ? null : Duration.ofNanos(nanos);
  }
}
