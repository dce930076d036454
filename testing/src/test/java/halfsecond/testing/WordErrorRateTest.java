// SPDX-License-Identifier: Apache-2.0
package halfsecond.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordErrorRateTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ten of clubs | ten of clubs     | 3 | 0 | 0 | 0",
        "ten of clubs | ten of gloves    | 3 | 1 | 0 | 0",
        "ten of clubs | ten clubs        | 3 | 0 | 0 | 1",
        "ten of clubs | the ten of clubs | 3 | 0 | 1 | 0",
        "ten of clubs | ''               | 3 | 0 | 0 | 3",
        "''           | huh              | 0 | 0 | 1 | 0",
        "a b c d      | b c x d e        | 4 | 0 | 2 | 1",
        "Ten, of Clubs! | ten of clubs   | 3 | 0 | 0 | 0",
      })
  void countsTheFewestEdits(
      String said, String heard, int words, int substituted, int inserted, int deleted) {
    assertThat(WordErrorRate.of(said, heard))
        .isEqualTo(new WordErrorRate(words, substituted, inserted, deleted));
  }

  @Test
  void weighsClipsByTheirWords() {
    WordErrorRate sum = WordErrorRate.of("one", "two").plus(WordErrorRate.of("a b c", "a b c"));

    assertThat(sum.rate()).isEqualTo(0.25);
    assertThat(sum).hasToString("25.0 % (4 words: 1 substituted, 0 inserted, 0 deleted)");
  }

  @Test
  void countsInventedWordsInSilenceAsInfinitelyWrong() {
    assertThat(WordErrorRate.of("", "huh").rate()).isInfinite();
    assertThat(WordErrorRate.NONE.rate()).isZero();
  }
}
