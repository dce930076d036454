// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EarlyStoppingTest {
  private static final List<Integer> LATE = List.of(0, 1, 2, 3, 5, 10, 20, 50);

  /** Computed independently from the binomial distribution. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "99 | 0.99 | 459 662 838 1001 1307 2010 3304 6898",
        "99 | 0.95 | 299 473 628 773 1049 1693 2902 6323",
        "95 | 0.99 | 90 130 165 198 259 398 656 1372",
        "95 | 0.95 | 59 93 124 153 208 336 577 1260",
        "90 | 0.95 | 29 46 61 76 103 167 286 627",
      })
  void asksForSoManyQueries(double percentile, double confidence, String expected) {
    EarlyStopping rule = new EarlyStopping(percentile, confidence);

    List<String> needed = LATE.stream().map(late -> Long.toString(rule.queriesFor(late))).toList();

    assertThat(String.join(" ", needed)).isEqualTo(expected);
  }

  @Test
  void holdsFromExactlyThatCountOn() {
    EarlyStopping rule = new EarlyStopping(99, 0.99);

    assertThat(rule.holds(661, 1)).isFalse();
    assertThat(rule.holds(662, 1)).isTrue();
    assertThat(rule.holds(0, 0)).isFalse();
  }

  @Test
  void isMissedWhenChanceCannotExplainTheLateOnes() {
    EarlyStopping rule = new EarlyStopping(99, 0.99);

    assertThat(rule.isMissed(10, 0)).isFalse();
    // P(X >= 1 | 10, 1 %) = 9.6 %, P(X >= 2) = 0.43 %
    assertThat(rule.isMissed(10, 1)).isFalse();
    assertThat(rule.isMissed(10, 2)).isTrue();
    assertThat(rule.isMissed(1000, 10)).isFalse();
    assertThat(rule.isMissed(1000, 20)).isTrue();
  }

  @Test
  void neverSaysBoth() {
    EarlyStopping rule = new EarlyStopping(99, 0.95);

    for (int queries = 1; queries < 2000; queries += 7) {
      for (int late = 0; late <= Math.min(queries, 60); late++) {
        assertThat(rule.holds(queries, late) && rule.isMissed(queries, late)).isFalse();
      }
    }
  }

  @Test
  void refusesWhatIsNoPercentile() {
    assertThatIllegalArgumentException().isThrownBy(() -> new EarlyStopping(100, 0.99));
    assertThatIllegalArgumentException().isThrownBy(() -> new EarlyStopping(99, 1));
  }
}
