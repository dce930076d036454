// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.rpc;

import halfsecond.common.measure.Measurement;
import halfsecond.common.measure.MeasurementSource;
import halfsecond.common.measure.ProcessUse;
import java.util.ArrayList;
import java.util.List;

/** What every service knows: how its calls go, and what its process takes. */
final class ServiceMeasurements implements MeasurementSource {
  private final String stage;
  private final CallCounts calls;
  private final ProcessUse process;

  /**
   * @param stage what the names begin with
   */
  ServiceMeasurements(String stage, CallCounts calls, ProcessUse process) {
    this.stage = stage;
    this.calls = calls;
    this.process = process;
  }

  @Override
  public List<Measurement> read() {
    List<Measurement> known = new ArrayList<>();
    process.busyCores().ifPresent(cores -> known.add(new Measurement.Level(stage + ".cpu", cores)));
    process
        .residentBytes()
        .ifPresent(bytes -> known.add(new Measurement.Level(stage + ".memory", bytes)));
    known.add(new Measurement.Level(stage + ".open_streams", calls.openStreams()));
    known.add(new Measurement.Total(stage + ".errors", calls.errors()));
    known.add(new Measurement.Total(stage + ".refused", calls.refused()));
    return known;
  }
}
