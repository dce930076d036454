// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.metric;

import halfsecond.monitor.kept.Fields;
import halfsecond.monitor.window.Aggregate;
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
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** Series of metrics as bytes, with everything that they hold. */
final class MetricSeriesCodec {
  /** Of the format; what is older or newer is not read. */
  private static final int VERSION = 1;

  private final Function<String, Optional<MetricSeries>> empty;

  /**
   * @param empty makes a series for the metric of a name; empty if there is no such metric any more
   */
  MetricSeriesCodec(Function<String, Optional<MetricSeries>> empty) {
    this.empty = empty;
  }

  byte[] write(Collection<MetricSeries> all) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(VERSION);
    try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes))) {
      out.writeInt(all.size());
      for (MetricSeries series : all) {
        write(series, out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if it is something else
   */
  List<MetricSeries> read(byte[] bytes) throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(bytes);
    if (in.read() != VERSION) {
      throw new IOException("not windows of this version");
    }
    try (DataInputStream data = new DataInputStream(new InflaterInputStream(in))) {
      List<MetricSeries> all = new ArrayList<>();
      int size = data.readInt();
      for (int i = 0; i < size; i++) {
        read(data).ifPresent(all::add);
      }
      return all;
    }
  }

  private static void write(MetricSeries series, DataOutput out) throws IOException {
    out.writeUTF(series.metric().name());
    Optional<Instant> moved = series.lastMoved();
    out.writeBoolean(moved.isPresent());
    if (moved.isPresent()) {
      Fields.write(moved.get(), out);
    }
    List<MetricSummary.Latest> latest = series.latest();
    out.writeInt(latest.size());
    for (MetricSummary.Latest reading : latest) {
      out.writeUTF(reading.instance());
      Fields.write(reading.time(), out);
      out.writeDouble(reading.level());
    }
    Set<Who> everybody = series.everybody();
    out.writeInt(everybody.size());
    for (Who who : everybody) {
      who.write(out);
      SortedMap<Long, Aggregate> windows = series.windows(who);
      out.writeInt(windows.size());
      for (Map.Entry<Long, Aggregate> window : windows.entrySet()) {
        out.writeLong(window.getKey());
        window.getValue().write(out);
      }
    }
  }

  private Optional<MetricSeries> read(DataInput in) throws IOException {
    // What is about a metric that there is no more must be read all the same.
    Optional<MetricSeries> series = empty.apply(in.readUTF());
    if (in.readBoolean()) {
      Instant moved = Fields.instant(in);
      series.ifPresent(it -> it.moved(moved));
    }
    int instances = in.readInt();
    for (int i = 0; i < instances; i++) {
      MetricSummary.Latest reading =
          new MetricSummary.Latest(in.readUTF(), Fields.instant(in), in.readDouble());
      series.ifPresent(it -> it.remember(reading));
    }
    int everybody = in.readInt();
    for (int i = 0; i < everybody; i++) {
      Who who = Who.read(in);
      int windows = in.readInt();
      for (int j = 0; j < windows; j++) {
        long start = in.readLong();
        Aggregate window = Aggregate.read(in);
        series.ifPresent(it -> it.restore(who, start, window));
      }
    }
    return series;
  }
}
