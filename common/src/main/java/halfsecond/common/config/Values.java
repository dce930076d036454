// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * How single values are read, stricter than Typesafe config does it, and shown. What is not
 * acceptable is an {@link IllegalArgumentException} whose text continues a sentence that begins
 * with the key.
 */
final class Values {
  private Values() {}

  static String text(Config config, String at) {
    String text = config.getString(at);
    if (text.isBlank()) {
      throw new IllegalArgumentException("must not be empty");
    }
    return text;
  }

  /** Typesafe config cuts 1.5 to 1 in silence. */
  static Long wholeNumber(Config config, String at) {
    double exact = config.getDouble(at);
    if (exact != Math.rint(exact)) {
      throw new IllegalArgumentException("must be a whole number");
    }
    return config.getLong(at);
  }

  static <T> T withUnit(Config config, String at, BiFunction<Config, String, T> read) {
    String text = text(config, at).strip();
    if (!text.equals("0") && Character.isDigit(text.charAt(text.length() - 1))) {
      throw new IllegalArgumentException("must have a unit");
    }
    return read.apply(config, at);
  }

  static <T extends Comparable<T>> T limited(T value, T min, T max, Function<T, String> show) {
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      throw new IllegalArgumentException(
          "must be between "
              + show.apply(min)
              + " and "
              + show.apply(max)
              + ", is "
              + show.apply(value));
    }
    return value;
  }

  static String show(Duration duration) {
    BigDecimal millis = BigDecimal.valueOf(duration.toNanos(), 6).stripTrailingZeros();
    return duration.toMillis() % 1000 == 0 && duration.toNanosPart() % 1_000_000 == 0
        ? duration.toSeconds() + " s"
        : millis.toPlainString() + " ms";
  }

  static String spelled(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Path path(Config config, String at) {
    try {
      return Path.of(text(config, at));
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("is not a path", e);
    }
  }

  static <E extends Enum<E>> E constant(Config config, String at, E[] constants) {
    String text = config.getString(at);
    return Arrays.stream(constants)
        .filter(constant -> spelled(constant).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "must be one of " + Arrays.stream(constants).map(Values::spelled).toList()));
  }

  static String shown(Object value, ConfigValue raw) {
    return value instanceof Secret ? Secret.MASK : raw.render(ConfigRenderOptions.concise());
  }
}
