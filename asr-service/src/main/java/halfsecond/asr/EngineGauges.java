// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr;

import halfsecond.asr.recognition.ActiveClips;
import halfsecond.asr.recognition.DecodeLoad;
import halfsecond.asr.rpc.AsrTelemetry;
import halfsecond.asr.vosk.VoskEngine;
import halfsecond.common.measure.Measurement;
import halfsecond.common.measure.MeasurementSource;
import java.time.Duration;
import java.util.List;

/** Where the gauges, and the reports to the monitor, read their values. */
record EngineGauges(ActiveClips clips, VoskEngine engine)
    implements AsrTelemetry.Gauges, MeasurementSource {
  @Override
  public List<Measurement> read() {
    DecodeLoad load = clips.load();
    return List.of(
        new Measurement.Level("asr.native_handles", engine.liveRecognizers()),
        new Measurement.Level("asr.active_clips", load.activeClips()),
        new Measurement.Level("asr.cores", load.cores()),
        new Measurement.Level("asr.cores_used", load.coresUsed()),
        new Measurement.Level("asr.backlog", load.backlog().toNanos() * 1e-9));
  }

  @Override
  public int activeClips() {
    return clips.count();
  }

  @Override
  public double coresUsed() {
    return clips.load().coresUsed();
  }

  @Override
  public double cores() {
    return clips.load().cores();
  }

  @Override
  public Duration backlog() {
    return clips.load().backlog();
  }

  @Override
  public int recognizers() {
    return engine.liveRecognizers();
  }

  @Override
  public int models() {
    return engine.liveModels();
  }

  @Override
  public int leaks() {
    return engine.leakedHandles();
  }
}
