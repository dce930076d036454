// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.record;

import halfsecond.common.error.SpeechException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks of single fields. Each returns the value, or throws {@code FIELD_INVALID} that names the
 * field and its limit.
 */
public final class Limits {
  /** No instant or length of an utterance is longer. */
  public static final Duration LONGEST = Duration.ofMinutes(10);

  private static final int MAX_ID = 64;
  private static final int MAX_NAME = 100;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1," + MAX_ID + "}");
  private static final Pattern VERSION =
      Pattern.compile("[A-Za-z0-9._:/-]{1,80}@[A-Za-z0-9._:/-]{1,19}");
  private static final Pattern HASH = Pattern.compile("|[0-9A-Fa-f]{16,64}");
  private static final Pattern TRACE = Pattern.compile("|[0-9a-f]{32}");

  private Limits() {}

  /** Names of utterances, sessions and reporters. */
  public static String id(String field, String value) {
    return matching(field, value, ID, "1 to 64 characters of A-Z a-z 0-9 . _ : -");
  }

  /** {@code name@version}. */
  public static String modelVersion(String field, String value) {
    return matching(
        field, value, VERSION, "name@version, at most 100 characters of A-Z a-z 0-9 . _ : / -");
  }

  /** A name that may be empty: at most 100 bytes in UTF-8. */
  public static String name(String field, String value) {
    // Only a long text needs to be encoded to know: UTF-8 takes at most 3 bytes a char.
    if (value.length() > MAX_NAME / 3 && value.getBytes(StandardCharsets.UTF_8).length > MAX_NAME) {
      throw SpeechException.fieldInvalid(field, "at most 100 bytes");
    }
    return value;
  }

  static String hash(String field, String value) {
    return matching(field, value, HASH, "empty or 16 to 64 hexadecimal digits");
  }

  static String traceId(String field, String value) {
    return matching(field, value, TRACE, "empty or 32 lower-case hexadecimal digits");
  }

  public static double between(String field, double value, double least, double most) {
    // Also false for NaN.
    if (!(value >= least && value <= most)) {
      throw SpeechException.fieldInvalid(field, least + " to " + most);
    }
    return value;
  }

  public static @Nullable Double betweenIfSet(
      String field, @Nullable Double value, double least, double most) {
    return value == null ? null : (Double) between(field, value, least, most);
  }

  public static int between(String field, int value, int least, int most) {
    if (value < least || value > most) {
      throw SpeechException.fieldInvalid(field, least + " to " + most);
    }
    return value;
  }

  public static Duration upTo(String field, Duration value, Duration most) {
    if (value.isNegative() || value.compareTo(most) > 0) {
      throw SpeechException.fieldInvalid(field, "0 to " + most.toMillis() + " ms");
    }
    return value;
  }

  public static @Nullable Duration upToIfSet(
      String field, @Nullable Duration value, Duration most) {
    return value == null ? null : upTo(field, value, most);
  }

  /** What must be there. */
  public static <T> T required(String field, @Nullable T value) {
    if (value == null) {
      throw SpeechException.fieldInvalid(field, "set");
    }
    return value;
  }

  /** A rule between fields. */
  public static void check(boolean holds, String field, String rule) {
    if (!holds) {
      throw SpeechException.fieldInvalid(field, rule);
    }
  }

  private static String matching(String field, String value, Pattern form, String words) {
    if (!form.matcher(value).matches()) {
      throw SpeechException.fieldInvalid(field, words);
    }
    return value;
  }
}
