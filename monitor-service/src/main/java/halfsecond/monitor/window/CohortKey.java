// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.window;

import halfsecond.monitor.record.Cohort;
import halfsecond.monitor.record.UtteranceRecord;

/** One cohort: everyone who shares one value, empty if they do not say, in one dimension. */
public record CohortKey(Dimension dimension, String value) {
  /** What cohorts are told apart by. */
  public enum Dimension {
    APP_VERSION,
    DEVICE,
    REGION,
    TENANT,
    AUDIO_FORMAT;

    /** What the record says there; may be empty. */
    public String valueOf(UtteranceRecord utterance) {
      Cohort cohort = utterance.origin().cohort();
      return switch (this) {
        case APP_VERSION -> cohort.appVersion();
        case DEVICE -> cohort.device();
        case REGION -> cohort.region();
        case TENANT -> cohort.tenant();
        case AUDIO_FORMAT -> utterance.origin().format().label();
      };
    }
  }
}
