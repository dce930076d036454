// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.catalogue;

import halfsecond.monitor.catalogue.Metric.Direction;
import halfsecond.monitor.catalogue.Metric.Kind;
import halfsecond.monitor.catalogue.Metric.Source;
import halfsecond.monitor.kept.Codec;
import halfsecond.monitor.record.Stage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Metrics that somebody declared, as bytes; those that are built in are code. */
public final class MetricCodec implements Codec<Metric> {
  /** Of the format; what is older or newer is not read. */
  private static final int VERSION = 1;

  @Override
  public String id(Metric metric) {
    return metric.name();
  }

  @Override
  public byte[] write(Metric metric) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeUTF(metric.name());
      out.writeUTF(metric.stage().name());
      out.writeUTF(metric.kind().name());
      out.writeUTF(metric.unit());
      out.writeUTF(metric.direction().name());
      out.writeUTF(metric.test().name());
      out.writeUTF(metric.description());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Override
  public Metric read(byte[] bytes) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readByte() != VERSION) {
        throw new IOException("not a metric of this version");
      }
      return new Metric(
          in.readUTF(),
          Stage.valueOf(in.readUTF()),
          Kind.valueOf(in.readUTF()),
          in.readUTF(),
          Direction.valueOf(in.readUTF()),
          TestKind.valueOf(in.readUTF()),
          in.readUTF(),
          Source.DECLARED);
    } catch (IllegalArgumentException e) {
      throw new IOException("not a metric", e);
    }
  }
}
