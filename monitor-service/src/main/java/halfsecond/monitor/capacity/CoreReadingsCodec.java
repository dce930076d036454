// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.capacity;

import halfsecond.monitor.kept.Codec;
import halfsecond.monitor.metric.MetricSummary.Latest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Readings as bytes: of each replica some 20 and its name. */
public final class CoreReadingsCodec implements Codec<CoreReadings> {
  /** Of the format; what is older or newer is not read. */
  private static final int VERSION = 1;

  @Override
  public String id(CoreReadings readings) {
    return readings.monitor();
  }

  @Override
  public byte[] write(CoreReadings readings) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeUTF(readings.monitor());
      write(readings.at(), out);
      out.writeInt(readings.readings().size());
      for (Latest reading : readings.readings()) {
        out.writeUTF(reading.instance());
        write(reading.time(), out);
        out.writeDouble(reading.level());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Override
  public CoreReadings read(byte[] bytes) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readByte() != VERSION) {
        throw new IOException("not readings of cores of this version");
      }
      String monitor = in.readUTF();
      Instant at = instant(in);
      List<Latest> readings = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        readings.add(new Latest(in.readUTF(), instant(in), in.readDouble()));
      }
      return new CoreReadings(monitor, at, readings);
    } catch (RuntimeException e) {
      throw new IOException("not readings of cores", e);
    }
  }

  private static void write(Instant instant, DataOutput out) throws IOException {
    out.writeLong(instant.getEpochSecond());
    out.writeInt(instant.getNano());
  }

  private static Instant instant(DataInput in) throws IOException {
    return Instant.ofEpochSecond(in.readLong(), in.readInt());
  }
}
