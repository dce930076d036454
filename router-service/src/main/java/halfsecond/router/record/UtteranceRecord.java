// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.record;

import halfsecond.router.audio.AudioFormat;
import halfsecond.router.model.ModelChoice;
import halfsecond.router.utterance.ClipStatistics;
import halfsecond.router.utterance.Cohort;
import halfsecond.router.utterance.DecodeStatistics;
import halfsecond.router.utterance.Latency;
import halfsecond.router.utterance.ReplayCause;
import halfsecond.router.utterance.TrafficClass;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything worth knowing about one utterance, except what was said.
 *
 * @param revision 1 for what the client got; 2 for the full answer that comes after a deadline
 * @param eventTime wall clock at the end of speech; at the refusal when there was none
 * @param model absent when the utterance was refused before one was chosen
 * @param clip absent with client-side endpointing and for an early refusal
 * @param clipDuration the clip as sent to recognition; absent for an early refusal
 * @param speechDuration from the first to the last voiced audio; absent for an early refusal
 * @param latency present for a final
 * @param attempts how often recognition was tried; 0 when it never opened
 * @param replayCauses why each attempt but the last was given up, and whether a detector was lost;
 *     at most 10
 * @param backend names the replica that answered; empty when none did
 * @param sessionUtterances utterances of this session up to and including this one; 0 when not
 *     known
 * @param traceId 32 hexadecimal digits
 */
public record UtteranceRecord(
    String utteranceId,
    int revision,
    String sessionId,
    Instant eventTime,
    Optional<ModelChoice> model,
    Cohort cohort,
    TrafficClass trafficClass,
    AudioFormat format,
    Optional<ClipStatistics> clip,
    Optional<Duration> clipDuration,
    Optional<Duration> speechDuration,
    Optional<Latency> latency,
    Outcome outcome,
    Optional<DecodeStatistics> decode,
    PartialStatistics partials,
    int attempts,
    List<ReplayCause> replayCauses,
    String backend,
    int sessionUtterances,
    String traceId) {
  public UtteranceRecord {
    replayCauses = List.copyOf(replayCauses);
  }

  /** What is known later: revision 2 of this, with the full answer and without what is counted. */
  public UtteranceRecord late(Outcome.Late answer, DecodeStatistics statistics) {
    return new UtteranceRecord(
        utteranceId,
        2,
        sessionId,
        eventTime,
        model,
        cohort,
        trafficClass,
        format,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        answer,
        Optional.of(statistics),
        new PartialStatistics(0, 0),
        0,
        List.of(),
        backend,
        0,
        traceId);
  }
}
