// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.store;

import halfsecond.monitor.window.CohortKey;
import halfsecond.monitor.window.TimeSpan;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which records to look for; what is null or false matches all.
 *
 * @param span of the event
 * @param modelVersion {@link #NO_MODEL} for refusals before one was chosen
 * @param minimumLatency with a final latency of at least this
 */
public record RecordQuery(
    TimeSpan span,
    @Nullable String sessionId,
    @Nullable String modelVersion,
    @Nullable CohortKey cohort,
    @Nullable Duration minimumLatency,
    boolean nullTranscriptsOnly,
    boolean rejectedOnly) {
  /** As stage summaries call it; no version can have this name. */
  public static final String NO_MODEL = "none";
}
