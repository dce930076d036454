// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Checks the phrases of a closed grammar before they may come near an engine. Refusals say which
 * rule was broken and never repeat the phrase.
 */
public final class PhraseList {
  /** Most phrases. */
  public static final int MAX_PHRASES = 500;

  /** Most characters of one phrase. */
  public static final int MAX_LENGTH = 100;

  private PhraseList() {}

  /**
   * The phrases in lower case with single spaces, without words that are not known and without
   * doubles.
   *
   * @param known whether the model has a word
   * @return not empty, each {@link #isWellFormed}
   * @throws SpeechException {@code PHRASES_INVALID} if there are too many, one is too long or holds
   *     anything but letters, apostrophes and spaces, or no word is known
   */
  public static List<String> checked(List<String> phrases, Predicate<String> known) {
    if (phrases.size() > MAX_PHRASES) {
      throw invalid("at most " + MAX_PHRASES + " phrases");
    }
    Set<String> kept = new LinkedHashSet<>();
    for (String phrase : phrases) {
      if (phrase.length() > MAX_LENGTH) {
        throw invalid("at most " + MAX_LENGTH + " characters a phrase");
      }
      String lower = phrase.toLowerCase(Locale.ROOT);
      if (!lower.codePoints().allMatch(PhraseList::allowed)) {
        throw invalid("letters, apostrophes and spaces");
      }
      kept.add(
          Arrays.stream(lower.split(" +"))
              .filter(word -> !word.isEmpty() && known.test(word))
              .collect(Collectors.joining(" ")));
    }
    kept.remove("");
    if (kept.isEmpty()) {
      throw invalid("at least one word that the model knows");
    }
    return List.copyOf(kept);
  }

  /**
   * Whether a phrase is words of letters and apostrophes with single spaces between them, and not
   * too long.
   */
  public static boolean isWellFormed(String phrase) {
    return !phrase.isEmpty()
        && phrase.length() <= MAX_LENGTH
        && phrase.codePoints().allMatch(PhraseList::allowed)
        && !phrase.startsWith(" ")
        && !phrase.endsWith(" ")
        && !phrase.contains("  ");
  }

  private static boolean allowed(int character) {
    return character == ' ' || character == '\'' || Character.isLetter(character);
  }

  private static SpeechException invalid(String limit) {
    return new SpeechException(
        Reason.PHRASES_INVALID,
        "phrases must have " + limit,
        Map.of("field", "phrases", "limit", limit));
  }
}
