// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import java.util.List;

/**
 * How to recognize.
 *
 * @param maxAlternatives hypotheses in a final: 1 to 10
 * @param words whether finals carry words
 * @param phrases a closed grammar; empty for open speech
 * @param interims whether the client waits for hypotheses; otherwise only the router does, which
 *     can do with fewer
 */
public record RecognitionOptions(
    int maxAlternatives, boolean words, List<String> phrases, boolean interims) {
  public RecognitionOptions {
    phrases = List.copyOf(phrases);
  }

  /** Without the phrases: they are not for logs. */
  @Override
  public String toString() {
    return "RecognitionOptions[" + maxAlternatives + ", " + words + ", " + phrases.size() + "]";
  }
}
