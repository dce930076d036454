// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.rpc;

import com.google.protobuf.Timestamp;
import halfsecond.common.error.Reason;
import halfsecond.common.rpc.Statuses;
import halfsecond.monitor.v1.Cohort;
import halfsecond.monitor.v1.DecodeStatistics;
import halfsecond.monitor.v1.FinalOutcome;
import halfsecond.monitor.v1.LateAnswer;
import halfsecond.monitor.v1.LatencyInstants;
import halfsecond.monitor.v1.ModelChoice;
import halfsecond.monitor.v1.PartialStatistics;
import halfsecond.monitor.v1.RejectedOutcome;
import halfsecond.monitor.v1.ReplayCause;
import halfsecond.router.audio.Encoding;
import halfsecond.router.record.Outcome;
import halfsecond.router.record.UserHash;
import halfsecond.router.record.UtteranceRecord;
import halfsecond.router.utterance.ClipStatistics;
import halfsecond.router.utterance.Latency;
import halfsecond.router.utterance.TrafficClass;
import halfsecond.speech.v1.ErrorReason;
import halfsecond.speech.v1.RecognitionConfig.AudioEncoding;
import java.time.Duration;
import java.time.Instant;

/** Records as the monitor takes them. User keys leave as hashes. */
public final class RecordMessages {
  private final UserHash users;

  public RecordMessages(UserHash users) {
    this.users = users;
  }

  /** What the monitor is told about an utterance. Safe for use by any thread. */
  public halfsecond.monitor.v1.UtteranceRecord message(UtteranceRecord record) {
    halfsecond.monitor.v1.UtteranceRecord.Builder message =
        halfsecond.monitor.v1.UtteranceRecord.newBuilder()
            .setUtteranceId(record.utteranceId())
            .setRevision(record.revision())
            .setSessionId(record.sessionId())
            .setEventTime(timestamp(record.eventTime()))
            .setCohort(cohort(record.cohort()))
            .setTrafficClass(
                record.trafficClass() == TrafficClass.LIVE
                    ? halfsecond.speech.v1.TrafficClass.TRAFFIC_CLASS_LIVE
                    : halfsecond.speech.v1.TrafficClass.TRAFFIC_CLASS_BATCH)
            .setEncoding(encoding(record.format().encoding()))
            .setSampleRateHertz(record.format().sampleRate().hertz());
    if (record.revision() == 1) {
      course(record, message);
    }
    record.model().ifPresent(choice -> message.setModel(model(choice)));
    record.clip().ifPresent(clip -> message.setClip(clip(clip)));
    record.clipDuration().ifPresent(d -> message.setClipDuration(SpeechMessages.duration(d)));
    record.speechDuration().ifPresent(d -> message.setSpeechDuration(SpeechMessages.duration(d)));
    record.latency().ifPresent(latency -> message.setLatency(latency(latency)));
    record.decode().ifPresent(decode -> message.setDecode(decode(decode, record.backend())));
    outcome(record, message);
    return message.build();
  }

  /** What only the first revision tells: how the utterance went. */
  private static void course(
      UtteranceRecord record, halfsecond.monitor.v1.UtteranceRecord.Builder message) {
    message
        .setPartials(
            PartialStatistics.newBuilder()
                .setSent(record.partials().sent())
                .setDropped(record.partials().dropped()))
        .setAttempts(record.attempts())
        .setSessionUtterances(record.sessionUtterances())
        .setTraceId(record.traceId());
    record.replayCauses().forEach(cause -> message.addReplayCauses(cause(cause)));
  }

  static Timestamp timestamp(Instant instant) {
    long seconds = instant.getEpochSecond();
    int nanos = instant.getNano();
    return Timestamp.newBuilder().setSeconds(seconds).setNanos(nanos).build();
  }

  private static void outcome(
      UtteranceRecord record, halfsecond.monitor.v1.UtteranceRecord.Builder message) {
    if (record.outcome() instanceof Outcome.Final answer) {
      message.setFinalOutcome(finalOutcome(answer, record));
    } else if (record.outcome() instanceof Outcome.Rejected refusal) {
      message.setRejectedOutcome(
          RejectedOutcome.newBuilder()
              .setReason(reason(refusal.reason()))
              .setCode(Statuses.codeOf(refusal.reason()).value())
              .setRefusalLatency(SpeechMessages.duration(refusal.latency())));
    } else if (record.outcome() instanceof Outcome.Late late) {
      message.setLateAnswer(lateAnswer(late));
    }
  }

  private static LateAnswer lateAnswer(Outcome.Late late) {
    LateAnswer.Builder answer =
        LateAnswer.newBuilder()
            .setNullTranscript(late.nullTranscript())
            .setNoiseRejected(late.noiseRejected())
            .setWordCount(late.wordCount())
            .setTruncatedWords(late.truncatedWords())
            .setChangedWords(late.changedWords())
            .setDecodeDone(SpeechMessages.duration(late.decodeDone()));
    late.confidence().ifPresent(answer::setConfidence);
    return answer.build();
  }

  private static ReplayCause cause(halfsecond.router.utterance.ReplayCause cause) {
    return ReplayCause.valueOf("REPLAY_CAUSE_" + cause.name());
  }

  private static FinalOutcome finalOutcome(Outcome.Final answer, UtteranceRecord record) {
    FinalOutcome.Builder outcome =
        FinalOutcome.newBuilder()
            .setFinality(SpeechMessages.finality(answer.finality()))
            .setNullTranscript(answer.nullTranscript())
            .setNoiseRejected(answer.noiseRejected())
            .setNoHypothesis(answer.noHypothesis())
            .setWordCount(answer.wordCount());
    answer.confidence().ifPresent(outcome::setConfidence);
    record
        .speechDuration()
        .filter(speech -> answer.wordCount() > 0 && speech.toMillis() > 0)
        .ifPresent(speech -> outcome.setWordsPerSecond(rate(answer.wordCount(), speech)));
    return outcome.build();
  }

  /**
   * The monitor takes up to 100 words a second; more means that the speech was measured wrongly.
   */
  private static double rate(int words, Duration speech) {
    return Math.min(100, words * 1000.0 / speech.toMillis());
  }

  private Cohort cohort(halfsecond.router.utterance.Cohort cohort) {
    return Cohort.newBuilder()
        .setUserHash(users.of(cohort.userKey()))
        .setAppVersion(cohort.appVersion())
        .setDevice(cohort.device())
        .setRegion(cohort.region())
        .setTenant(cohort.tenant())
        .build();
  }

  private static ModelChoice model(halfsecond.router.model.ModelChoice choice) {
    return ModelChoice.newBuilder()
        .setModelVersion(choice.version())
        .setRule(choice.rule())
        .setProbability(choice.probability())
        .build();
  }

  private static halfsecond.monitor.v1.ClipStatistics clip(ClipStatistics clip) {
    halfsecond.monitor.v1.ClipStatistics.Builder message =
        halfsecond.monitor.v1.ClipStatistics.newBuilder()
            .setSpeechRatio(clip.speechRatio())
            .setMeanLevelDbfs(clip.meanLevelDbfs())
            .setPeakLevelDbfs(clip.peakLevelDbfs())
            .setClippingRatio(clip.clippingRatio())
            .setLeadingSilence(SpeechMessages.duration(clip.leadingSilence()))
            .setTrailingSilence(SpeechMessages.duration(clip.trailingSilence()));
    clip.signalToNoiseDb().ifPresent(message::setSignalToNoiseDb);
    clip.pitchHertz().ifPresent(message::setPitchHertz);
    clip.spectralCentroidHertz().ifPresent(message::setSpectralCentroidHertz);
    return message.build();
  }

  private static LatencyInstants latency(Latency latency) {
    LatencyInstants.Builder message =
        LatencyInstants.newBuilder()
            .setEndpointDecided(SpeechMessages.duration(latency.endpointDecided()))
            .setRouted(SpeechMessages.duration(latency.routed()))
            .setDecodeDone(SpeechMessages.duration(latency.decodeDone()))
            .setSent(SpeechMessages.duration(latency.sent()))
            .setAsrFinalize(SpeechMessages.duration(latency.asrFinalize()))
            .setSpeechEndOffset(SpeechMessages.duration(latency.speechEndOffset()));
    latency.budget().ifPresent(budget -> message.setBudget(SpeechMessages.duration(budget)));
    return message.build();
  }

  private static DecodeStatistics decode(
      halfsecond.router.utterance.DecodeStatistics decode, String backend) {
    return DecodeStatistics.newBuilder()
        .setDecodeTime(SpeechMessages.duration(decode.decodeTime()))
        .setMaxQueueTime(SpeechMessages.duration(decode.maxQueueTime()))
        .setFinalizeTime(SpeechMessages.duration(decode.finalizeTime()))
        .setRealTimeFactor(decode.realTimeFactor())
        .setBackend(backend)
        .build();
  }

  private static AudioEncoding encoding(Encoding encoding) {
    return switch (encoding) {
      case LINEAR16 -> AudioEncoding.AUDIO_ENCODING_LINEAR16;
      case MULAW -> AudioEncoding.AUDIO_ENCODING_MULAW;
      case ALAW -> AudioEncoding.AUDIO_ENCODING_ALAW;
    };
  }

  private static ErrorReason reason(Reason reason) {
    return ErrorReason.valueOf("ERROR_REASON_" + reason.name());
  }
}
