// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names one model version, e.g. {@code en-small@2}. Safe to use as a file name: neither part can be
 * empty, a path, or differ from another only by case or leading zeros. Ordered by name, then by
 * version as a number.
 *
 * @param name a lower-case letter or digit, then up to 62 of those and hyphens
 * @param version 0 to 999,999
 */
public record ModelId(String name, int version) implements Comparable<ModelId> {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
  private static final Pattern VERSION = Pattern.compile("0|[1-9][0-9]{0,5}");
  private static final int MAX_VERSION = 999_999;
  private static final Comparator<ModelId> ORDER =
      Comparator.comparing(ModelId::name).thenComparingInt(ModelId::version);

  /** Rejects with {@link IllegalArgumentException} what the limits above exclude. */
  public ModelId {
    if (!NAME.matcher(name).matches() || version < 0 || version > MAX_VERSION) {
      throw invalid();
    }
  }

  /** Reads {@code name@version}; anything else is an {@link IllegalArgumentException}. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static ModelId parse(String text) {
    int at = text.indexOf('@');
    if (at < 0) {
      throw invalid();
    }
    return of(text.substring(0, at), text.substring(at + 1)).orElseThrow(ModelId::invalid);
  }

  /** The id made of two directory names, or empty when they do not spell one. */
  static Optional<ModelId> of(String name, String version) {
    Matcher matcher = VERSION.matcher(version);
    return matcher.matches() && NAME.matcher(name).matches()
        ? Optional.of(new ModelId(name, Integer.parseInt(version)))
        : Optional.empty();
  }

  @Override
  public int compareTo(ModelId other) {
    return ORDER.compare(this, other);
  }

  @JsonValue
  @Override
  public String toString() {
    return name + "@" + version;
  }

  // The text is not repeated: it may come from a client.
  private static IllegalArgumentException invalid() {
    return new IllegalArgumentException(
        "a model version is a name of lower-case letters, digits and hyphens, an at sign, and a number, like en-small@2");
  }
}
