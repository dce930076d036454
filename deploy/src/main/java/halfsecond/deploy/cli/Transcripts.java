// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.cli;

import halfsecond.speech.v1.SpeechRecognitionAlternative;
import halfsecond.speech.v1.StreamingRecognitionResult;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Puts the finals of a recording together. */
final class Transcripts {

  private Transcripts() {}

  /** The words of all utterances, separated by single spaces. */
  static String text(List<StreamingRecognitionResult> finals) {
    return finals.stream()
        .map(Transcripts::text)
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(" "));
  }

  /** The words of one final; empty when there are none. */
  static String text(StreamingRecognitionResult result) {
    return best(result).getTranscript();
  }

  /** The first alternative; one without text when there is none. */
  static SpeechRecognitionAlternative best(StreamingRecognitionResult result) {
    return result.getAlternativesCount() == 0
        ? SpeechRecognitionAlternative.getDefaultInstance()
        : result.getAlternatives(0);
  }

  /**
   * The confidence of the utterances, each weighing as much as it has words; empty without words.
   */
  static OptionalDouble confidence(List<StreamingRecognitionResult> finals) {
    double sum = 0;
    long words = 0;
    for (StreamingRecognitionResult result : finals) {
      SpeechRecognitionAlternative best = best(result);
      if (best.hasConfidence()) {
        long count = best.getTranscript().chars().filter(c -> c == ' ').count() + 1;
        sum += best.getConfidence() * count;
        words += count;
      }
    }
    return words == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / words);
  }
}
