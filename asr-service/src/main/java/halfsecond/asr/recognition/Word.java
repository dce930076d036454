// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

import java.util.OptionalDouble;

/**
 * One recognized word.
 *
 * @param startSample first sample within the clip
 * @param endSample end within the clip, not before the start
 * @param confidence probability that the word is right, 0 to 1; absent with several alternatives
 */
public record Word(String text, long startSample, long endSample, OptionalDouble confidence) {
  public Word {
    if (startSample < 0 || endSample < startSample) {
      throw new IllegalArgumentException("word ends before it starts");
    }
  }

  long samples() {
    return endSample - startSample;
  }
}
