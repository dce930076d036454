// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import java.util.List;

/**
 * How two texts differ, in words.
 *
 * @param changed edit distance (Levenshtein, over words)
 * @param truncated words of the full text beyond those that the sent text is nearest to
 */
record WordDifference(int changed, int truncated) {
  /** Between what was sent and the full text; the time grows with the product of the lengths. */
  static WordDifference between(List<String> sent, List<String> full) {
    // distances[j]: between the sent words so far and the first j of the full ones.
    int[] distances = new int[full.size() + 1];
    for (int j = 0; j <= full.size(); j++) {
      distances[j] = j;
    }
    for (int i = 1; i <= sent.size(); i++) {
      int diagonal = distances[0];
      distances[0] = i;
      for (int j = 1; j <= full.size(); j++) {
        int substituted = diagonal + (sent.get(i - 1).equals(full.get(j - 1)) ? 0 : 1);
        diagonal = distances[j];
        distances[j] = Math.min(substituted, 1 + Math.min(distances[j], distances[j - 1]));
      }
    }
    int nearest = 0;
    for (int j = 1; j <= full.size(); j++) {
      // The longest of those that are equally near: a substituted word is not a missing one.
      nearest = distances[j] <= distances[nearest] ? j : nearest;
    }
    return new WordDifference(distances[full.size()], full.size() - nearest);
  }
}
