// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

import java.util.List;
import java.util.OptionalDouble;

/**
 * The confidence of a whole transcript: the share of its words that can be expected to be right, 0
 * to 1. How well that holds is measured in docs/null-transcripts.md.
 */
public final class Confidence {
  private Confidence() {}

  /** The mean of the words' own confidences. Absent without words, or if one has none. */
  public static OptionalDouble ofWords(List<Word> words) {
    double sum = 0;
    for (Word word : words) {
      if (word.confidence().isEmpty()) {
        return OptionalDouble.empty();
      }
      sum += word.confidence().getAsDouble();
    }
    return words.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(clamp(sum / words.size()));
  }

  /**
   * How much of the first transcript the list of alternatives agrees on: each alternative says
   * which share of the first one's words it has too, and counts by its likelihood.
   *
   * @param logLikelihoods natural logarithms, on any common scale, one for each transcript
   */
  public static OptionalDouble ofAlternatives(
      List<List<String>> transcripts, List<Double> logLikelihoods) {
    if (transcripts.isEmpty() || transcripts.get(0).isEmpty()) {
      return OptionalDouble.empty();
    }
    List<String> best = transcripts.get(0);
    double top = logLikelihoods.get(0);
    double agreed = 0;
    double total = 0;
    for (int i = 0; i < transcripts.size(); i++) {
      double weight = Math.exp(Math.min(0, logLikelihoods.get(i) - top));
      agreed += weight * sharedWords(best, transcripts.get(i)) / best.size();
      total += weight;
    }
    return OptionalDouble.of(clamp(agreed / total));
  }

  /** Length of the longest common subsequence. */
  static int sharedWords(List<String> one, List<String> other) {
    int[] row = new int[other.size() + 1];
    for (String word : one) {
      int diagonal = 0;
      for (int j = 1; j < row.length; j++) {
        int above = row[j];
        row[j] = word.equals(other.get(j - 1)) ? diagonal + 1 : Math.max(above, row[j - 1]);
        diagonal = above;
      }
    }
    return row[row.length - 1];
  }

  private static double clamp(double value) {
    return Math.max(0, Math.min(1, value));
  }
}
