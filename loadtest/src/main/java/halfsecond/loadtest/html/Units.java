// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.html;

import java.util.Locale;

/** Numbers as people read them: three digits that count, and the unit. */
final class Units {
  /** Stands where there is no value. */
  static final String NONE = "–";

  private Units() {}

  /** Three significant digits, thousands grouped; whole numbers as they are. */
  static String number(double value) {
    double size = Math.abs(value);
    if (size >= 99.95 || value == Math.rint(value)) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    int decimals = size >= 9.995 ? 1 : size >= 0.9995 ? 2 : size >= 0.00995 ? 3 : 5;
    return String.format(Locale.ROOT, "%." + decimals + "f", value)
        .replaceFirst("(\\.\\d*?)0+$", "$1")
        .replaceFirst("\\.$", "");
  }

  /** Utterances a second. */
  static String rate(double perSecond) {
    return number(perSecond) + "/s";
  }

  /** Milliseconds, or seconds from one second on. */
  static String millis(double millis) {
    if (millis >= 999.5) {
      return number(Math.round(millis / 10) / 100.0) + " s";
    }
    return number(millis >= 9.995 ? Math.rint(millis) : millis) + " ms";
  }

  static String seconds(double seconds) {
    return seconds >= 120
        ? number(Math.round(seconds / 6) / 10.0) + " min"
        : number(seconds) + " s";
  }

  static String percent(double share) {
    return number(share * 100) + " %";
  }

  static String bytes(long bytes) {
    double mebibytes = bytes / (double) (1 << 20);
    return mebibytes >= 1024 ? number(mebibytes / 1024) + " GiB" : number(mebibytes) + " MiB";
  }

  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** A factor, e.g. 24.3×. */
  static String times(double factor) {
    return number(factor) + "×";
  }

  /** A coordinate: a tenth of a pixel is enough. */
  static String pixels(double value) {
    double rounded = Math.rint(value * 10) / 10;
    return rounded == Math.rint(rounded) ? Long.toString((long) rounded) : Double.toString(rounded);
  }
}
