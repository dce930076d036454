// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.client;

import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import halfsecond.speech.v1.SpeechRecognitionAlternative;
import halfsecond.speech.v1.StreamingRecognitionResult;
import halfsecond.speech.v1.UtteranceRejected;
import halfsecond.speech.v1.WordInfo;

/**
 * Counts the offsets of a session's answers from the start of the recording that the session is a
 * part of.
 */
final class OffsetShift {

  private final Duration by;

  OffsetShift(java.time.Duration by) {
    this.by = Durations.fromNanos(by.toNanos());
  }

  StreamingRecognitionResult apply(StreamingRecognitionResult result) {
    if (Durations.toNanos(by) == 0) {
      return result;
    }
    StreamingRecognitionResult.Builder shifted = result.toBuilder();
    shifted.setResultStartOffset(later(result.getResultStartOffset()));
    shifted.setResultEndOffset(later(result.getResultEndOffset()));
    if (result.getLatency().hasSpeechEndOffset()) {
      shifted
          .getLatencyBuilder()
          .setSpeechEndOffset(later(result.getLatency().getSpeechEndOffset()));
    }
    shifted.getAlternativesBuilderList().forEach(this::words);
    return shifted.build();
  }

  UtteranceRejected apply(UtteranceRejected rejected) {
    return rejected.toBuilder().setStartOffset(later(rejected.getStartOffset())).build();
  }

  private void words(SpeechRecognitionAlternative.Builder alternative) {
    for (WordInfo.Builder word : alternative.getWordsBuilderList()) {
      word.setStartOffset(later(word.getStartOffset())).setEndOffset(later(word.getEndOffset()));
    }
  }

  private Duration later(Duration offset) {
    return Durations.add(offset, by);
  }
}
