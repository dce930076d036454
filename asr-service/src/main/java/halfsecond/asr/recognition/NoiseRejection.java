// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

import java.util.Set;

/**
 * Decides whether the words of a clip are more likely noise than speech. Two rules, both measured
 * in docs/null-transcripts.md:
 *
 * <ol>
 *   <li>The whole clip is one steady sound (noise, hum, a tone): whatever words the engine hears in
 *       it, nobody spoke.
 *   <li>The clip is nearly steady when empty bands are left out (noise of a narrow band), and every
 *       word is one that the engine hears in noise, and their confidence is low.
 * </ol>
 */
final class NoiseRejection {
  /** What the engine heard in thousands of clips of noise. */
  private static final Set<String> NOISE_WORDS =
      Set.of("huh", "oh", "the", "or", "for", "she", "ah", "shh", "hi");

  private static final double UNCERTAIN = 0.8;
  private static final double NEARLY_STEADY_DECIBELS = 1.5;
  private static final double FLOOR_RATIO = 1e-3;

  private NoiseRejection() {}

  static boolean isNoise(Alternative heard, Sound sound) {
    if (heard.transcript().isEmpty()) {
      return false;
    }
    return sound.isSteady()
        || (isWeak(heard) && sound.spread(FLOOR_RATIO) < NEARLY_STEADY_DECIBELS);
  }

  private static boolean isWeak(Alternative heard) {
    return heard.confidence().orElse(1) < UNCERTAIN
        && heard.words().stream().allMatch(word -> NOISE_WORDS.contains(word.text()));
  }
}
