// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WordErrorsTest {

  @ParameterizedTest(name = "{0} | {1}")
  @CsvSource({
    "'', '', 0",
    "one two, '', 2",
    "'', one, 1",
    "one two three, one two three, 0",
    "one two three, one too three, 1",
    "one two three, one three, 1",
    "one two three, one and two three, 1",
    "one two three, three two one, 2",
    "one two, ' one   two ', 0"
  })
  void countsReplacedMissingAndExtraWords(String reference, String text, int errors) {
    assertThat(WordErrors.count(reference, text)).isEqualTo(errors);
  }
}
