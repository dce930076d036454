// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import halfsecond.common.error.SpeechException;
import halfsecond.monitor.metric.StageSample;
import halfsecond.monitor.record.Limits;
import halfsecond.monitor.window.Who;

/** Reads samples of metrics. */
final class SampleReader {
  private SampleReader() {}

  /**
   * @throws SpeechException {@code FIELD_INVALID}
   */
  static StageSample read(halfsecond.monitor.v1.StageSample proto) {
    Limits.check(proto.hasSampleTime(), "sample_time", "set");
    return new StageSample(
        proto.getMetric(),
        Times.instant("sample_time", proto.getSampleTime()),
        who(proto),
        value(proto));
  }

  private static Who who(halfsecond.monitor.v1.StageSample proto) {
    return new Who(
        proto.getModelVersion().isEmpty()
            ? null
            : Limits.modelVersion("model_version", proto.getModelVersion()),
        proto.hasCohort() ? SummaryReader.cohort(proto.getCohort()) : null);
  }

  private static StageSample.Value value(halfsecond.monitor.v1.StageSample proto) {
    return switch (proto.getValueCase()) {
      case INCREMENT -> new StageSample.Increment(proto.getIncrement());
      case READING -> new StageSample.Reading(proto.getReading());
      case PROPORTION ->
          new StageSample.Share(
              proto.getProportion().getEvents(), proto.getProportion().getTrials());
      case MEASUREMENTS -> new StageSample.Measurements(proto.getMeasurements().getValuesList());
      case VALUE_NOT_SET -> throw SpeechException.fieldInvalid("value", "set");
    };
  }
}
