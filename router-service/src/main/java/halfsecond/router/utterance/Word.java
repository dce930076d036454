// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.utterance;

import java.util.OptionalDouble;

/** One recognized word; positions are samples at 16 kHz within its clip. */
public record Word(String text, long startSample, long endSample, OptionalDouble confidence) {
  /** Without the word: it is not for logs. */
  @Override
  public String toString() {
    return "Word[" + startSample + ", " + endSample + "]";
  }
}
