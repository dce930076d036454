// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.rpc;

import halfsecond.asr.v1.Completeness;
import halfsecond.asr.v1.FinalResult;
import halfsecond.asr.v1.Priority;
import halfsecond.asr.v1.RejectionReason;
import halfsecond.asr.v1.TranscribeConfig;
import halfsecond.router.session.ClipRequest;
import halfsecond.router.session.FinalHypothesis;
import halfsecond.router.session.Hypothesis;
import halfsecond.router.utterance.Alternative;
import halfsecond.router.utterance.DecodeStatistics;
import halfsecond.router.utterance.TrafficClass;
import halfsecond.router.utterance.Word;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/** What is said to recognition and heard from it. */
final class AsrMessages {
  private static final int HERTZ = 16_000;

  /** How old the router's hypothesis may be that it answers with at the deadline. */
  private static final Duration LONGEST_INTERVAL = Duration.ofMillis(300);

  private AsrMessages() {}

  /**
   * @param clientInterval between two hypotheses when the client waits for them
   */
  static TranscribeConfig config(ClipRequest request, Duration clientInterval) {
    Duration interval = request.options().interims() ? clientInterval : LONGEST_INTERVAL;
    return TranscribeConfig.newBuilder()
        .setModelVersion(request.modelVersion())
        .setUtteranceId(request.utteranceId())
        .setAttempt(request.attempt())
        .setSampleRateHertz(HERTZ)
        .setHypothesisInterval(SpeechMessages.duration(interval))
        .setMaxAlternatives(request.options().maxAlternatives())
        .addAllPhrases(request.options().phrases())
        .setEnableWords(request.options().words())
        .setPriority(
            request.trafficClass() == TrafficClass.LIVE
                ? Priority.PRIORITY_LIVE
                : Priority.PRIORITY_BATCH)
        .build();
  }

  static Hypothesis hypothesis(halfsecond.asr.v1.Hypothesis message) {
    return new Hypothesis(
        message.getTranscript(), message.getStability(), message.getProcessedSamples());
  }

  /** An answer without alternatives is one without words. */
  static FinalHypothesis answer(FinalResult message, long arrivalNanos) {
    List<Alternative> alternatives =
        message.getAlternativesList().stream().map(AsrMessages::alternative).toList();
    return new FinalHypothesis(
        alternatives.isEmpty()
            ? List.of(new Alternative("", OptionalDouble.empty(), List.of()))
            : alternatives,
        message.getCompleteness() != Completeness.COMPLETENESS_DEADLINE,
        message.getAttempt(),
        message.getModelVersion(),
        message.getProcessedSamples(),
        new DecodeStatistics(
            duration(message.getStatistics().getDecodeTime()),
            duration(message.getStatistics().getMaxQueueTime()),
            duration(message.getStatistics().getFinalizeTime()),
            message.getStatistics().getRealTimeFactor()),
        message.getRejection() != RejectionReason.REJECTION_REASON_UNSPECIFIED,
        arrivalNanos);
  }

  static Duration duration(com.google.protobuf.Duration duration) {
    return Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
  }

  private static Alternative alternative(halfsecond.asr.v1.Alternative message) {
    return new Alternative(
        message.getTranscript(),
        message.hasConfidence()
            ? OptionalDouble.of(message.getConfidence())
            : OptionalDouble.empty(),
        message.getWordsList().stream().map(AsrMessages::word).toList());
  }

  private static Word word(halfsecond.asr.v1.Word message) {
    return new Word(
        message.getWord(),
        message.getStartSample(),
        message.getEndSample(),
        message.hasConfidence()
            ? OptionalDouble.of(message.getConfidence())
            : OptionalDouble.empty());
  }
}
