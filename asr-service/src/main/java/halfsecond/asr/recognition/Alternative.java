// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

import java.util.List;
import java.util.OptionalDouble;

/**
 * One hypothesis of a clip.
 *
 * @param transcript words separated by single spaces, or empty
 * @param confidence expected share of right words, 0 to 1; on the first alternative only, absent
 *     for an empty text
 */
public record Alternative(String transcript, List<Word> words, OptionalDouble confidence) {
  static final Alternative EMPTY = new Alternative("", List.of(), OptionalDouble.empty());

  public Alternative {
    words = List.copyOf(words);
  }
}
