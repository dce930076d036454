// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.record;

import halfsecond.router.audio.AudioFormat;
import halfsecond.router.model.ModelChoice;
import halfsecond.router.utterance.ClipStatistics;
import halfsecond.router.utterance.Cohort;
import halfsecond.router.utterance.DecodeStatistics;
import halfsecond.router.utterance.Latency;
import halfsecond.router.utterance.TrafficClass;
import java.time.Duration;
import java.time.Instant;
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
 * @param sessionUtterances utterances of this session up to and including this one
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
    int sessionUtterances,
    String traceId) {}
