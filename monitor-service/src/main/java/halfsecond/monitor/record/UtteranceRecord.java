// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.record;

import org.jspecify.annotations.Nullable;

/**
 * One record of one utterance, whole and checked. Revision 1 says what the client got; revision 2,
 * after a final that was cut at the deadline, adds the full answer and never takes anything back.
 *
 * @param model null only if the utterance was refused before one was chosen
 * @param latency null unless the client got a final
 * @param traceId may be empty
 */
public record UtteranceRecord(
    RecordId id,
    Origin origin,
    @Nullable ModelChoice model,
    Clip clip,
    @Nullable LatencyInstants latency,
    Outcome outcome,
    Recognition recognition,
    String traceId) {
  public UtteranceRecord {
    Limits.traceId("trace_id", traceId);
    Limits.check(
        (outcome instanceof Outcome.Late) == (id.revision() == RecordId.LATE),
        "outcome",
        "late_answer in revision 2 and only there");
    if (!(outcome instanceof Outcome.Rejected)) {
      Limits.required("model", model);
    }
    if (outcome instanceof Outcome.Final) {
      Limits.required("clip_duration", clip.length());
      Limits.required("latency", latency);
    }
  }

  /** An answer that was only compared, never sent. */
  public boolean shadow() {
    return model != null && model.shadow();
  }
}
