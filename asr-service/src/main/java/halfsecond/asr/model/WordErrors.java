// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

import java.util.List;

/**
 * Counts how many words must be replaced, inserted or deleted to turn a text into its reference.
 */
final class WordErrors {
  private WordErrors() {}

  static int words(String text) {
    return split(text).size();
  }

  static int count(String reference, String text) {
    List<String> wanted = split(reference);
    List<String> heard = split(text);
    // One row of the usual table: distance[j] between the first i wanted and the first j heard
    // words.
    int[] distance = new int[heard.size() + 1];
    for (int j = 0; j <= heard.size(); j++) {
      distance[j] = j;
    }
    for (int i = 1; i <= wanted.size(); i++) {
      int diagonal = distance[0];
      distance[0] = i;
      for (int j = 1; j <= heard.size(); j++) {
        int replaced = diagonal + (wanted.get(i - 1).equals(heard.get(j - 1)) ? 0 : 1);
        diagonal = distance[j];
        distance[j] = Math.min(replaced, 1 + Math.min(distance[j], distance[j - 1]));
      }
    }
    return distance[heard.size()];
  }

  private static List<String> split(String text) {
    return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
  }
}
