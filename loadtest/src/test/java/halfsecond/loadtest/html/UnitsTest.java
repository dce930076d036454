// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.html;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 0", "7 | 7", "24.6 | 24.6", "24.64 | 24.6", "1.04 | 1.04", "0.826 | 0.826",
        "0.0351 | 0.035", "99.96 | 100", "1234.4 | 1,234", "9.999 | 10", "0.9999 | 1", "0.3 | 0.3",
        "0.00123 | 0.00123"
      })
  void tellsThreeDigitsThatCount(double value, String told) {
    assertThat(Units.number(value)).isEqualTo(told);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0.25 | 0.25 ms",
        "9.87 | 9.87 ms",
        "245.4 | 245 ms",
        "999.4 | 999 ms",
        "999.6 | 1 s",
        "1059 | 1.06 s",
        "22140 | 22.1 s"
      })
  void tellsMillisecondsOrSeconds(double millis, String told) {
    assertThat(Units.millis(millis)).isEqualTo(told);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"1048576 | 1 MiB", "283115520 | 270 MiB", "8589934592 | 8 GiB"})
  void tellsBytes(long bytes, String told) {
    assertThat(Units.bytes(bytes)).isEqualTo(told);
  }

  @ParameterizedTest
  @CsvSource({"12, 12", "12.04, 12", "12.06, 12.1", "-0.04, 0"})
  void keepsATenthOfAPixel(double value, String told) {
    assertThat(Units.pixels(value)).isEqualTo(told);
  }
}
