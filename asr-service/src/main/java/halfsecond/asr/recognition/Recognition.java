// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

import java.util.List;

/**
 * What was recognized in a clip.
 *
 * @param alternatives best first, at least one
 */
public record Recognition(List<Alternative> alternatives) {
  /** No words. */
  public static final Recognition EMPTY = new Recognition(List.of(Alternative.EMPTY));

  public Recognition {
    alternatives = List.copyOf(alternatives);
    if (alternatives.isEmpty()) {
      throw new IllegalArgumentException("a recognition has at least one alternative");
    }
  }

  public Alternative best() {
    return alternatives.get(0);
  }
}
