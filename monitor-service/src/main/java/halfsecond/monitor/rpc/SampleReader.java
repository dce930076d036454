// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import halfsecond.common.error.SpeechException;
import halfsecond.monitor.metric.StageSample;
import halfsecond.monitor.record.Limits;

/**
 * Reads samples of metrics. What they say about versions and cohorts is checked and not kept apart.
 */
final class SampleReader {
  private SampleReader() {}

  /**
   * @throws SpeechException {@code FIELD_INVALID}
   */
  static StageSample read(halfsecond.monitor.v1.StageSample proto) {
    Limits.check(proto.hasSampleTime(), "sample_time", "set");
    if (!proto.getModelVersion().isEmpty()) {
      Limits.modelVersion("model_version", proto.getModelVersion());
    }
    if (proto.hasCohort()) {
      SummaryReader.cohort(proto.getCohort());
    }
    return new StageSample(
        proto.getMetric(), Times.instant("sample_time", proto.getSampleTime()), value(proto));
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
