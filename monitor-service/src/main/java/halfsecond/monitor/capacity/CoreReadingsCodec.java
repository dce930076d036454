// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.capacity;

import halfsecond.monitor.kept.Fields;
import halfsecond.monitor.kept.FieldsCodec;
import halfsecond.monitor.metric.MetricSummary.Latest;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Readings as bytes: of each replica some 20 and its name. */
public final class CoreReadingsCodec extends FieldsCodec<CoreReadings> {
  public CoreReadingsCodec() {
    super("readings of cores", 1);
  }

  @Override
  public String id(CoreReadings readings) {
    return readings.monitor();
  }

  @Override
  protected void write(CoreReadings readings, DataOutput out) throws IOException {
    out.writeUTF(readings.monitor());
    Fields.write(readings.at(), out);
    out.writeInt(readings.readings().size());
    for (Latest reading : readings.readings()) {
      out.writeUTF(reading.instance());
      Fields.write(reading.time(), out);
      out.writeDouble(reading.level());
    }
  }

  @Override
  protected CoreReadings read(DataInput in) throws IOException {
    String monitor = in.readUTF();
    Instant at = Fields.instant(in);
    List<Latest> readings = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      readings.add(new Latest(in.readUTF(), Fields.instant(in), in.readDouble()));
    }
    return new CoreReadings(monitor, at, readings);
  }
}
