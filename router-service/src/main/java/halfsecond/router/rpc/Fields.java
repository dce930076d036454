// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.rpc;

import com.google.protobuf.util.Durations;
import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Checks of single fields. What they throw names the field and its limit, never the value. */
final class Fields {
  private static final int TEXT_BYTES = 100;
  private static final int PHRASES = 500;
  private static final int PHRASE_CHARACTERS = 100;

  private Fields() {}

  static void range(String field, int value, int min, int max) {
    if (value < min || value > max) {
      throw SpeechException.fieldInvalid(field, min + " to " + max);
    }
  }

  static Optional<Duration> duration(
      String field,
      boolean present,
      com.google.protobuf.Duration value,
      Duration min,
      Duration max) {
    if (!present) {
      return Optional.empty();
    }
    if (Durations.isValid(value)) {
      Duration duration = Duration.ofSeconds(value.getSeconds(), value.getNanos());
      if (duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0) {
        return Optional.of(duration);
      }
    }
    throw SpeechException.fieldInvalid(field, min.toMillis() + " ms to " + max.toMillis() + " ms");
  }

  static String text(String field, String value) {
    if (value.getBytes(StandardCharsets.UTF_8).length > TEXT_BYTES) {
      throw SpeechException.fieldInvalid(field, "at most " + TEXT_BYTES + " bytes");
    }
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw SpeechException.fieldInvalid(field, "without control characters");
    }
    return value;
  }

  /** Letters, digits and the few marks that names of models are made of. */
  static boolean isName(String value, int characters) {
    return value.length() <= characters && value.matches("[A-Za-z0-9._:/@-]+");
  }

  /**
   * The phrases, unchanged. Which words a model knows is for recognition to say; what could not be
   * a word of any model stops here, because it would reach a native parser.
   */
  static List<String> phrases(List<String> phrases) {
    if (phrases.size() > PHRASES) {
      throw invalidPhrases("at most " + PHRASES + " phrases are allowed");
    }
    for (String phrase : phrases) {
      if (phrase.isBlank() || phrase.length() > PHRASE_CHARACTERS) {
        throw invalidPhrases("a phrase has 1 to " + PHRASE_CHARACTERS + " characters");
      }
      if (!phrase.codePoints().allMatch(Fields::ofWords)) {
        throw invalidPhrases("a phrase is made of letters, apostrophes, hyphens and spaces");
      }
    }
    return phrases;
  }

  private static boolean ofWords(int codePoint) {
    return Character.isLetterOrDigit(codePoint)
        || Character.getType(codePoint) == Character.NON_SPACING_MARK
        || " '-.\u2019".indexOf(codePoint) >= 0;
  }

  private static SpeechException invalidPhrases(String message) {
    return new SpeechException(Reason.PHRASES_INVALID, message);
  }
}
