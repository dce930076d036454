// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class ConfidenceTest {
  @Test
  void isTheMeanOfItsWords() {
    assertThat(Confidence.ofWords(List.of(word(1), word(0.5)))).hasValue(0.75);
  }

  @Test
  void isUnknownWithoutWordsOrTheirConfidences() {
    assertThat(Confidence.ofWords(List.of())).isEmpty();
    assertThat(Confidence.ofWords(List.of(word(1), new Word("b", 0, 1, OptionalDouble.empty()))))
        .isEmpty();
    assertThat(Confidence.ofAlternatives(List.of(List.of()), List.of(1.0))).isEmpty();
  }

  @Test
  void ofAlternativesIsTheShareOfWordsThatTheyAgreeOn() {
    List<List<String>> transcripts =
        List.of(List.of("call", "mom"), List.of("call", "tom"), List.of("all", "tom"));

    assertThat(Confidence.ofAlternatives(transcripts, List.of(-10.0, -10.0, -10.0)).getAsDouble())
        .isEqualTo((1 + 0.5 + 0) / 3, within(1e-9));
    assertThat(
            Confidence.ofAlternatives(transcripts, List.of(-10.0, -60.0, Double.NEGATIVE_INFINITY))
                .getAsDouble())
        .isEqualTo(1, within(1e-9));
  }

  @Test
  void sharedWordsKeepTheirOrder() {
    assertThat(Confidence.sharedWords(List.of("a", "b", "c"), List.of("c", "a", "x", "b")))
        .isEqualTo(2);
    assertThat(Confidence.sharedWords(List.of(), List.of("a"))).isZero();
  }

  private static Word word(double confidence) {
    return new Word("a", 0, 1, OptionalDouble.of(confidence));
  }
}
