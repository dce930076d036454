// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.redo;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares each answer of one session with the one before, by hashes of words whose salt lives as
 * long as the session; nothing else of what was said is kept. Used by one thread at a time.
 */
public final class RedoWatch {
  /** Who was not understood says it again soon. */
  static final Duration SOON = Duration.ofSeconds(30);

  /** Substantially the same: three words in common where each has five. */
  static final double ALIKE = 0.6;

  /** Of longer answers the rest says nothing new. */
  public static final int MOST_WORDS = 100;

  /** Made when the session gives its first answer: many never give one. */
  private @Nullable WordHashes hashes;

  private @Nullable Answer last;

  private record Answer(String utteranceId, Map<Long, Integer> words, long sentNanos) {}

  /**
   * Takes an answer that was sent.
   *
   * @param words of it; without any it tells nothing, and the one before stays the one to compare
   *     with
   * @param startNanos when its speech began, on the clock of {@code sentNanos}
   * @param at the same by the wall clock
   * @return that it repeats the one before, if it does
   */
  public Optional<Redo> answered(
      String utteranceId, List<String> words, long startNanos, Instant at, long sentNanos) {
    if (words.isEmpty()) {
      return Optional.empty();
    }
    WordHashes salted = hashes;
    if (salted == null) {
      salted = new WordHashes();
      hashes = salted;
    }
    Map<Long, Integer> said = salted.of(words.subList(0, Math.min(MOST_WORDS, words.size())));
    Answer before = last;
    last = new Answer(utteranceId, said, sentNanos);
    if (before == null) {
      return Optional.empty();
    }
    long delay = startNanos - before.sentNanos();
    double similarity = WordHashes.similarity(before.words(), said);
    // Who speaks on before the answer has not seen it.
    return delay >= 0 && delay <= SOON.toNanos() && similarity >= ALIKE
        ? Optional.of(
            new Redo(before.utteranceId(), utteranceId, similarity, Duration.ofNanos(delay), at))
        : Optional.empty();
  }
}
