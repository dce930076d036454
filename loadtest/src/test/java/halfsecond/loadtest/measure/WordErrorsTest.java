// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.measure;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.testing.WordErrorRate;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WordErrorsTest {
  @Test
  void countsTheFewestEdits() {
    assertThat(WordErrors.of("Ten, of Clubs!", "ten of clubs")).isEqualTo(new WordErrors(3, 0));
    assertThat(WordErrors.of("ten of clubs", "the ten of gloves")).isEqualTo(new WordErrors(3, 2));
    assertThat(WordErrors.of("ten of clubs", "")).isEqualTo(new WordErrors(3, 3));
    assertThat(WordErrors.of("", "huh")).isEqualTo(new WordErrors(0, 1));
  }

  /** Two authors, one definition. */
  @Test
  void agreesWithTheMeasureOfTheEndToEndTests() {
    Random random = new Random(3);
    for (int i = 0; i < 300; i++) {
      String said = words(random);
      String heard = words(random);
      WordErrorRate other = WordErrorRate.of(said, heard);

      assertThat(WordErrors.of(said, heard))
          .isEqualTo(new WordErrors(other.words(), other.errors()));
    }
  }

  private static String words(Random random) {
    List<String> vocabulary = List.of("ten", "of", "clubs", "spades");
    return IntStream.range(0, random.nextInt(8))
        .mapToObj(i -> vocabulary.get(random.nextInt(vocabulary.size())))
        .collect(Collectors.joining(" "));
  }
}
