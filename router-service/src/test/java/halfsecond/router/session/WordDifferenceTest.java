// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Words that were changed, and words that were cut off. */
final class WordDifferenceTest {
  @ParameterizedTest(name = "[{0}] [{1}]")
  @CsvSource({
    "'', '', 0, 0",
    "'', a b c, 3, 3",
    "a b c, '', 3, 0",
    "a b, a b, 0, 0",
    "a b, a b c d, 2, 2",
    "a x, a b c, 2, 1",
    "a b, a x b c d, 3, 2",
    "a b c, a b, 1, 0",
    "turn of the, turn off the lights please, 3, 2"
  })
  void tellsThemApart(String sent, String full, int changed, int truncated) {
    assertThat(WordDifference.between(words(sent), words(full)))
        .isEqualTo(new WordDifference(changed, truncated));
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" "));
  }
}
