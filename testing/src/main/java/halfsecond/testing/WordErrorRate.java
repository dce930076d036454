// SPDX-License-Identifier: Apache-2.0
package halfsecond.testing;

import java.util.List;

/**
 * How far transcripts are from what was said, in words: the fewest substitutions, insertions and
 * deletions that turn one into the other. Sums over clips weigh each clip by its words.
 *
 * @param words in the reference
 */
public record WordErrorRate(int words, int substitutions, int insertions, int deletions) {
  /** Nothing compared yet. */
  public static final WordErrorRate NONE = new WordErrorRate(0, 0, 0, 0);

  /** Compares after normalising both as {@link RecordedSpeech#normalise} does. */
  public static WordErrorRate of(String reference, String hypothesis) {
    return of(words(reference), words(hypothesis));
  }

  /** The sum of both. */
  public WordErrorRate plus(WordErrorRate other) {
    return new WordErrorRate(
        words + other.words,
        substitutions + other.substitutions,
        insertions + other.insertions,
        deletions + other.deletions);
  }

  public int errors() {
    return substitutions + insertions + deletions;
  }

  /**
   * Errors by words of the reference, above 1 if more was invented than said; without reference
   * words 0 or infinity.
   */
  public double rate() {
    if (words == 0) {
      return errors() == 0 ? 0 : Double.POSITIVE_INFINITY;
    }
    return (double) errors() / words;
  }

  @Override
  public String toString() {
    return "%.1f %% (%d words: %d substituted, %d inserted, %d deleted)"
        .formatted(100 * rate(), words, substitutions, insertions, deletions);
  }

  private static WordErrorRate of(List<String> reference, List<String> hypothesis) {
    WordErrorRate[] row = new WordErrorRate[hypothesis.size() + 1];
    row[0] = NONE;
    for (int j = 1; j <= hypothesis.size(); j++) {
      row[j] = row[j - 1].plus(new WordErrorRate(0, 0, 1, 0));
    }
    for (String word : reference) {
      WordErrorRate diagonal = row[0];
      row[0] = row[0].plus(new WordErrorRate(1, 0, 0, 1));
      for (int j = 1; j <= hypothesis.size(); j++) {
        int substituted = word.equals(hypothesis.get(j - 1)) ? 0 : 1;
        WordErrorRate match = diagonal.plus(new WordErrorRate(1, substituted, 0, 0));
        WordErrorRate deletion = row[j].plus(new WordErrorRate(1, 0, 0, 1));
        WordErrorRate insertion = row[j - 1].plus(new WordErrorRate(0, 0, 1, 0));
        diagonal = row[j];
        row[j] = least(match, least(deletion, insertion));
      }
    }
    return row[hypothesis.size()];
  }

  private static WordErrorRate least(WordErrorRate a, WordErrorRate b) {
    return b.errors() < a.errors() ? b : a;
  }

  private static List<String> words(String text) {
    String normal = RecordedSpeech.normalise(text);
    return normal.isEmpty() ? List.of() : List.of(normal.split(" "));
  }
}
