// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ModelIdTest {

  @Test
  void readsWhatItPrints() {
    ModelId id = ModelId.parse("en-small@2");

    assertThat(id).isEqualTo(new ModelId("en-small", 2)).hasToString("en-small@2");
  }

  @Test
  void ordersVersionsAsNumbers() {
    assertThat(Stream.of("en@10", "en@9", "de@11").map(ModelId::parse).sorted())
        .map(ModelId::toString)
        .containsExactly("de@11", "en@9", "en@10");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "@",
        "@1",
        "en",
        "en@",
        "en@-1",
        "en@1.0",
        "en@007",
        "en@1000000",
        "EN@1",
        "-en@1",
        "en@1@2",
        "../en@1",
        "en/small@1",
        "en@../1",
        "en@1/..",
        "en @1",
        " en@1",
        "en@1\n",
        "e\u0301@1",
        "en@\u0661"
      })
  void rejectsWhatIsNoId(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> ModelId.parse(text));
  }

  @Test
  void limitsTheLengthOfTheName() {
    assertThat(ModelId.parse("a".repeat(63) + "@1").name()).hasSize(63);
    assertThatIllegalArgumentException().isThrownBy(() -> ModelId.parse("a".repeat(64) + "@1"));
  }

  @Test
  void neverRepeatsTheTextItRejects() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ModelId.parse("my secret"))
        .withMessageNotContaining("secret");
  }
}
