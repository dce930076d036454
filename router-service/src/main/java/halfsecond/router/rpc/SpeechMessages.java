// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.rpc;

import com.google.protobuf.util.Durations;
import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import halfsecond.common.rpc.Statuses;
import halfsecond.router.session.FinalResult;
import halfsecond.router.session.InterimResult;
import halfsecond.router.session.Rejection;
import halfsecond.router.session.SpeechActivity;
import halfsecond.router.utterance.Alternative;
import halfsecond.router.utterance.Latency;
import halfsecond.router.utterance.Word;
import halfsecond.speech.v1.Draining;
import halfsecond.speech.v1.Finality;
import halfsecond.speech.v1.LatencyBreakdown;
import halfsecond.speech.v1.SessionStarted;
import halfsecond.speech.v1.SpeechEvent;
import halfsecond.speech.v1.SpeechRecognitionAlternative;
import halfsecond.speech.v1.StreamingRecognitionResult;
import halfsecond.speech.v1.StreamingRecognizeResponse;
import halfsecond.speech.v1.UtteranceRejected;
import halfsecond.speech.v1.WordInfo;
import java.time.Duration;
import java.util.Optional;

/** What is said to clients. */
final class SpeechMessages {
  /** What the fields around the audio of a message may take. */
  static final int FIELD_BYTES = 64;

  private static final long NANOS_PER_SAMPLE = 62_500;

  static com.google.protobuf.Duration duration(Duration duration) {
    return com.google.protobuf.Duration.newBuilder()
        .setSeconds(duration.getSeconds())
        .setNanos(duration.getNano())
        .build();
  }

  static SpeechException tooLarge() {
    return new SpeechException(Reason.MESSAGE_TOO_LARGE, "the message is larger than allowed");
  }

  StreamingRecognizeResponse started(String sessionId, Optional<Duration> budget) {
    SessionStarted.Builder started = SessionStarted.newBuilder().setSessionId(sessionId);
    budget.ifPresent(b -> started.setLatencyBudget(duration(b)));
    return StreamingRecognizeResponse.newBuilder().setSession(started).build();
  }

  StreamingRecognizeResponse activity(SpeechActivity event) {
    return StreamingRecognizeResponse.newBuilder()
        .setSpeechEvent(
            SpeechEvent.newBuilder()
                .setType(
                    event.begin()
                        ? SpeechEvent.Type.TYPE_SPEECH_ACTIVITY_BEGIN
                        : SpeechEvent.Type.TYPE_SPEECH_ACTIVITY_END)
                .setOffset(duration(event.offset()))
                .setUtteranceId(event.utteranceId()))
        .build();
  }

  StreamingRecognizeResponse interim(InterimResult result) {
    return StreamingRecognizeResponse.newBuilder()
        .setResult(
            StreamingRecognitionResult.newBuilder()
                .setUtteranceId(result.utteranceId())
                .addAlternatives(
                    SpeechRecognitionAlternative.newBuilder().setTranscript(result.transcript()))
                .setStability(result.stability())
                .setResultStartOffset(duration(result.startOffset()))
                .setResultEndOffset(duration(result.endOffset()))
                .setModelVersion(result.modelVersion()))
        .build();
  }

  StreamingRecognizeResponse draining(Duration remaining) {
    return StreamingRecognizeResponse.newBuilder()
        .setDraining(Draining.newBuilder().setRemaining(duration(remaining)))
        .build();
  }

  UtteranceRejected rejected(Rejection rejection) {
    return UtteranceRejected.newBuilder()
        .setUtteranceId(rejection.utteranceId())
        .setStatus(Statuses.toProto(rejection.status()))
        .setStartOffset(duration(rejection.startOffset()))
        .build();
  }

  StreamingRecognitionResult result(FinalResult result) {
    StreamingRecognitionResult.Builder message =
        StreamingRecognitionResult.newBuilder()
            .setUtteranceId(result.utteranceId())
            .setIsFinal(true)
            .setStability(1)
            .setResultStartOffset(duration(result.startOffset()))
            .setResultEndOffset(duration(result.endOffset()))
            .setFinality(finality(result.finality()))
            .setModelVersion(result.modelVersion())
            .setLatency(latency(result));
    for (Alternative alternative : result.alternatives()) {
      message.addAlternatives(alternative(alternative, result.clipStart()));
    }
    return message.build();
  }

  private static LatencyBreakdown latency(FinalResult result) {
    Latency latency = result.latency();
    LatencyBreakdown.Builder breakdown =
        LatencyBreakdown.newBuilder()
            .setSpeechEndOffset(duration(latency.speechEndOffset()))
            .setEndpointDecided(duration(latency.endpointDecided()))
            .setRouted(duration(latency.routed()))
            .setDecodeDone(duration(latency.decodeDone()))
            .setSent(duration(latency.sent()))
            .setAsrFinalize(duration(latency.asrFinalize()))
            .setTraceId(result.traceId())
            .setAttempts(latency.attempts());
    latency.budget().ifPresent(budget -> breakdown.setBudget(duration(budget)));
    return breakdown.build();
  }

  private static SpeechRecognitionAlternative alternative(Alternative from, long clipStart) {
    SpeechRecognitionAlternative.Builder to =
        SpeechRecognitionAlternative.newBuilder().setTranscript(from.transcript());
    from.confidence().ifPresent(confidence -> to.setConfidence((float) confidence));
    for (Word word : from.words()) {
      WordInfo.Builder info =
          WordInfo.newBuilder()
              .setWord(word.text())
              .setStartOffset(offset(clipStart + word.startSample()))
              .setEndOffset(offset(clipStart + word.endSample()));
      word.confidence().ifPresent(confidence -> info.setConfidence((float) confidence));
      to.addWords(info);
    }
    return to.build();
  }

  private static com.google.protobuf.Duration offset(long sample) {
    return Durations.fromNanos(sample * NANOS_PER_SAMPLE);
  }

  static Finality finality(halfsecond.router.utterance.Finality finality) {
    return switch (finality) {
      case END_OF_SPEECH -> Finality.FINALITY_END_OF_SPEECH;
      case CLIENT_FINALIZE -> Finality.FINALITY_CLIENT_FINALIZE;
      case DEADLINE -> Finality.FINALITY_DEADLINE;
      case MAX_DURATION -> Finality.FINALITY_MAX_DURATION;
      case STREAM_END -> Finality.FINALITY_STREAM_END;
    };
  }
}
