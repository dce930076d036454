// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.record;

import halfsecond.common.error.Reason;
import halfsecond.router.audio.AudioFormat;
import halfsecond.router.utterance.Cohort;
import halfsecond.router.utterance.TrafficClass;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Records for what only passes them on. */
final class TestRecords {

  private TestRecords() {}

  /** Of an utterance that was refused at once. */
  static UtteranceRecord refused(String id, PartialStatistics partials) {
    return new UtteranceRecord(
        id,
        1,
        "session",
        Instant.EPOCH,
        Optional.empty(),
        Cohort.UNKNOWN,
        TrafficClass.LIVE,
        AudioFormat.INNER,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new Outcome.Rejected(Reason.SATURATED, Duration.ZERO),
        Optional.empty(),
        partials,
        0,
        List.of(),
        "",
        1,
        "");
  }
}
