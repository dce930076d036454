// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.catalogue;

import halfsecond.monitor.catalogue.Metric.Direction;
import halfsecond.monitor.catalogue.Metric.Kind;
import halfsecond.monitor.catalogue.Metric.Source;
import halfsecond.monitor.kept.FieldsCodec;
import halfsecond.monitor.record.Stage;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Metrics that somebody declared, as bytes; those that are built in are code. */
public final class MetricCodec extends FieldsCodec<Metric> {
  public MetricCodec() {
    super("a metric", 1);
  }

  @Override
  public String id(Metric metric) {
    return metric.name();
  }

  @Override
  protected void write(Metric metric, DataOutput out) throws IOException {
    out.writeUTF(metric.name());
    out.writeUTF(metric.stage().name());
    out.writeUTF(metric.kind().name());
    out.writeUTF(metric.unit());
    out.writeUTF(metric.direction().name());
    out.writeUTF(metric.test().name());
    out.writeUTF(metric.description());
  }

  @Override
  protected Metric read(DataInput in) throws IOException {
    return new Metric(
        in.readUTF(),
        Stage.valueOf(in.readUTF()),
        Kind.valueOf(in.readUTF()),
        in.readUTF(),
        Direction.valueOf(in.readUTF()),
        TestKind.valueOf(in.readUTF()),
        in.readUTF(),
        Source.DECLARED);
  }
}
