// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PhraseListTest {
  private static final Set<String> KNOWN = Set.of("yes", "no", "don't", "call", "mom");

  @Test
  void keepsKnownWordsInLowerCaseWithSingleSpaces() {
    assertThat(checked("Yes", "  call   MOM ", "no qzxqzx", "DON'T", "yes"))
        .containsExactly("yes", "call mom", "no", "don't");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[unk]", "<eps>", "[", "[]", "[1]", "[-]", "\"yes\"", "yes\nno", "yes\tno", "a,b", "yes1",
        "\0", "#0", "\\u0041"
      })
  void refusesWhatIsNotLetters(String phrase) {
    assertRefused(List.of("yes", phrase));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "qzxqzx", "'"})
  void refusesWhenNothingIsLeft(String phrase) {
    assertRefused(List.of(phrase));
  }

  @Test
  void refusesTooMany() {
    assertThat(PhraseList.checked(Collections.nCopies(500, "yes"), KNOWN::contains))
        .containsExactly("yes");
    assertRefused(Collections.nCopies(501, "yes"));
  }

  @Test
  void refusesTooLong() {
    String hundred = "yes " + " ".repeat(93) + "yes";
    assertThat(checked(hundred)).containsExactly("yes yes");
    assertRefused(List.of(hundred + " "));
  }

  @Test
  void neverRepeatsThePhrase() {
    assertThatThrownBy(() -> checked("secret!"))
        .isInstanceOfSatisfying(
            SpeechException.class,
            e -> assertThat(e.text() + e.metadata()).doesNotContain("secret"));
  }

  private static List<String> checked(String... phrases) {
    return PhraseList.checked(List.of(phrases), KNOWN::contains);
  }

  private static void assertRefused(List<String> phrases) {
    assertThatThrownBy(() -> PhraseList.checked(phrases, KNOWN::contains))
        .isInstanceOfSatisfying(
            SpeechException.class, e -> assertThat(e.reason()).isEqualTo(Reason.PHRASES_INVALID));
  }
}
