// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.measure;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.loadtest.result.Percentiles;
import org.junit.jupiter.api.Test;

class ValidityTest {
  @Test
  void passesASinglePause() {
    assertThat(Validity.problems(lateness(9, 249, 4_000), 0, 10)).isEmpty();
  }

  @Test
  void refusesAGeneratorThatStoodStillAgainAndAgain() {
    assertThat(Validity.problems(lateness(9, 251, 251), 0, 10))
        .singleElement()
        .asString()
        .contains("stood still", "251 ms");
  }

  @Test
  void refusesAGeneratorThatFellBehindALittleAllTheTime() {
    assertThat(Validity.problems(lateness(11, 12, 13), 0, 10))
        .singleElement()
        .asString()
        .contains("fell behind");
  }

  private static Percentiles lateness(double p99, double p999, double max) {
    return new Percentiles(100_000, 1, 1, 1, 1, p99, p999, max);
  }
}
