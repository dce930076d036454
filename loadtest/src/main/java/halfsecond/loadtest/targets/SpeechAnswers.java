// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.targets;

import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.RetryInfo;
import halfsecond.loadtest.targets.FinalAnswer.StageTime;
import halfsecond.speech.v1.LatencyBreakdown;
import halfsecond.speech.v1.StreamingRecognitionResult;
import halfsecond.speech.v1.StreamingRecognizeResponse;
import halfsecond.speech.v1.UtteranceRejected;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** What the responses of the speech API mean to whoever waits. Safe for use by any thread. */
final class SpeechAnswers implements StreamProtocol.Answers<StreamingRecognizeResponse> {
  private static final String FINALITY = "FINALITY_";

  private final Set<String> versions = new ConcurrentSkipListSet<>();

  @Override
  public boolean tell(StreamingRecognizeResponse response, QueryListener listener) {
    switch (response.getStreamingResponseCase()) {
      case RESULT -> {
        StreamingRecognitionResult result = response.getResult();
        String text =
            result.getAlternativesCount() == 0 ? "" : result.getAlternatives(0).getTranscript();
        if (!result.getIsFinal()) {
          listener.partial(text);
          return false;
        }
        versions.add(result.getModelVersion());
        listener.answered(answer(text, result));
        return true;
      }
      case REJECTED -> {
        listener.refused(refusal(response.getRejected()));
        return true;
      }
      case SESSION, SPEECH_EVENT, DRAINING, STREAMINGRESPONSE_NOT_SET -> {
        return false;
      }
    }
    return false;
  }

  /** The model versions that have answered, in order. */
  Set<String> versions() {
    return versions;
  }

  private static FinalAnswer answer(String text, StreamingRecognitionResult result) {
    String finality = result.getFinality().name();
    if (!result.hasLatency()) {
      return new FinalAnswer(text, finality.substring(FINALITY.length()), 0, List.of());
    }
    LatencyBreakdown latency = result.getLatency();
    return new FinalAnswer(
        text, finality.substring(FINALITY.length()), latency.getAttempts(), stages(latency));
  }

  /** The breakdown holds instants since the end of speech; a stage lasts from one to the next. */
  private static List<StageTime> stages(LatencyBreakdown latency) {
    Duration decided = duration(latency.getEndpointDecided());
    Duration routed = duration(latency.getRouted());
    Duration decoded = duration(latency.getDecodeDone());
    Duration sent = duration(latency.getSent());
    return List.of(
        new StageTime("vad", decided),
        new StageTime("route", routed.minus(decided)),
        new StageTime("asr", decoded.minus(routed)),
        new StageTime("deliver", sent.minus(decoded)));
  }

  private static Refusal refusal(UtteranceRejected rejected) {
    Code code = Code.forNumber(rejected.getStatus().getCode());
    boolean retry = false;
    for (Any detail : rejected.getStatus().getDetailsList()) {
      retry |= detail.is(RetryInfo.class);
    }
    return new Refusal(false, code == null ? "UNKNOWN" : code.name(), retry);
  }

  private static Duration duration(com.google.protobuf.Duration duration) {
    return Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
  }
}
