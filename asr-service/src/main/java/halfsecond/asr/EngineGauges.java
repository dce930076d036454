// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr;

import halfsecond.asr.recognition.ActiveClips;
import halfsecond.asr.rpc.AsrTelemetry;
import halfsecond.asr.vosk.VoskEngine;
import java.time.Duration;

/** Where the gauges read their values. */
record EngineGauges(ActiveClips clips, VoskEngine engine) implements AsrTelemetry.Gauges {
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
