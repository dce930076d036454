// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contrast as WCAG 2.2 defines it: all text colours reach 4.5 on both grounds, in both themes. */
class PaletteTest {
  private static final Pattern COLOUR =
      Pattern.compile("--(\\w+): light-dark\\(#(\\w{6}), #(\\w{6})\\)");

  @ParameterizedTest
  @ValueSource(
      strings = {"ink", "soft", "s0", "s1", "s2", "s3", "s4", "s5", "late", "good", "focus"})
  void canBeReadOnPaperAndCards(String name) throws IOException {
    Map<String, String[]> palette = palette();

    for (int theme = 0; theme < 2; theme++) {
      for (String ground : new String[] {"paper", "card"}) {
        double contrast = contrast(colour(palette, name, theme), colour(palette, ground, theme));
        assertThat(contrast).as("%s on %s, theme %d", name, ground, theme).isGreaterThan(4.5);
      }
    }
  }

  private static int colour(Map<String, String[]> palette, String name, int theme) {
    return Integer.parseInt(Objects.requireNonNull(palette.get(name), name)[theme], 16);
  }

  private static Map<String, String[]> palette() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(HtmlReport.class.getResourceAsStream("report.css"))) {
      String css = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Map<String, String[]> palette = new LinkedHashMap<>();
      COLOUR
          .matcher(css)
          .results()
          .forEach(
              found -> palette.put(found.group(1), new String[] {found.group(2), found.group(3)}));
      return palette;
    }
  }

  private static double contrast(int one, int other) {
    double a = luminance(one) + 0.05;
    double b = luminance(other) + 0.05;
    return Math.max(a, b) / Math.min(a, b);
  }

  private static double luminance(int colour) {
    return 0.2126 * linear(colour >> 16) + 0.7152 * linear(colour >> 8) + 0.0722 * linear(colour);
  }

  private static double linear(int channel) {
    double value = (channel & 0xff) / 255.0;
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }
}
