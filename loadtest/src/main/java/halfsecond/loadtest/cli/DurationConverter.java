// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads 20ms, 1.5s, 10m, 2h; a bare number is seconds. */
final class DurationConverter implements ITypeConverter<Duration> {
  private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s|m|h|)");

  @Override
  public Duration convert(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new TypeConversionException(
          "'" + text + "' is not a duration such as 20ms, 30s or 10m");
    }
    double seconds =
        switch (form.group(2)) {
          case "ms" -> 1e-3;
          case "m" -> 60;
          case "h" -> 3_600;
          default -> 1;
        };
    return Duration.ofNanos(Math.round(Double.parseDouble(form.group(1)) * seconds * 1e9));
  }
}
