// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.measure;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Words said, and the fewest insertions, deletions and substitutions of words that turn what was
 * heard into what was said (the word-level Levenshtein distance).
 */
record WordErrors(long words, long errors) {
  static final WordErrors NONE = new WordErrors(0, 0);

  /** Compares lower case and without punctuation other than apostrophes. */
  static WordErrors of(String said, String heard) {
    List<String> reference = words(said);
    return new WordErrors(reference.size(), distance(reference, words(heard)));
  }

  WordErrors plus(WordErrors other) {
    return new WordErrors(words + other.words, errors + other.errors);
  }

  private static int distance(List<String> reference, List<String> hypothesis) {
    int[] row = new int[hypothesis.size() + 1];
    Arrays.setAll(row, i -> i);
    for (String word : reference) {
      int diagonal = row[0]++;
      for (int j = 1; j < row.length; j++) {
        int match = diagonal + (word.equals(hypothesis.get(j - 1)) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(match, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[hypothesis.size()];
  }

  private static List<String> words(String text) {
    String normal = text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{Nd}']+", " ").strip();
    return normal.isEmpty() ? List.of() : List.of(normal.split(" "));
  }
}
