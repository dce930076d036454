// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.record;

import org.jspecify.annotations.Nullable;

/**
 * What a text was like, without the text.
 *
 * @param nullTranscript recognition finished and found no words
 * @param noiseRejected words were withheld as noise
 * @param confidence 0 to 1; null without an estimate
 * @param wordCount 0 to 1000
 * @param wordsPerSecond 0 to 100; null for an empty text or when not known
 */
public record TextShape(
    boolean nullTranscript,
    boolean noiseRejected,
    @Nullable Double confidence,
    int wordCount,
    @Nullable Double wordsPerSecond) {
  static final int MOST_WORDS = 1_000;

  public TextShape {
    Limits.check(
        !noiseRejected || nullTranscript, "outcome.noise_rejected", "false unless null_transcript");
    Limits.betweenIfSet("outcome.confidence", confidence, 0, 1);
    Limits.between("outcome.word_count", wordCount, 0, MOST_WORDS);
    Limits.betweenIfSet("outcome.words_per_second", wordsPerSecond, 0, 100);
    Limits.check(
        wordCount > 0 || wordsPerSecond == null,
        "outcome.words_per_second",
        "unset for an empty text");
  }
}
