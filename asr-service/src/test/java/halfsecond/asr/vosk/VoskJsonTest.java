// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.vosk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import halfsecond.asr.recognition.Alternative;
import halfsecond.asr.recognition.Recognition;
import halfsecond.asr.recognition.RecognizerException;
import halfsecond.asr.recognition.Word;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class VoskJsonTest {
  @Test
  void readsWordsOnTheClipsOwnClock() {
    String json =
        """
        {"result": [{"conf": 1.0, "end": 10.45, "start": 10.06, "word": "ten"},
                    {"conf": 0.5, "end": 99, "start": 9, "word": "of"}], "text": "ten of"}""";

    Recognition recognition = VoskJson.recognition(json, 160_000, 16_000);

    assertThat(recognition.best())
        .isEqualTo(
            new Alternative(
                "ten of",
                List.of(
                    new Word("ten", 960, 7_200, OptionalDouble.of(1)),
                    new Word("of", 0, 16_000, OptionalDouble.of(0.5))),
                OptionalDouble.of(0.75)));
  }

  @Test
  void readsAlternativesAndStrangeLikelihoods() {
    String json =
        """
        {"alternatives": [
          {"confidence": 120.5, "result": [{"end": 0.4, "start": 0.1, "word": "ten"}], "text": " ten"},
          {"confidence": nan, "result": [{"end": 0.4, "start": 0.1, "word": "tin"}], "text": " tin"}]}"""
            .replace("nan", "NaN");

    Recognition recognition = VoskJson.recognition(json, 0, 16_000);

    assertThat(recognition.alternatives())
        .extracting(Alternative::transcript)
        .containsExactly("ten", "tin");
    assertThat(recognition.best().confidence()).hasValue(1);
  }

  @Test
  void readsWhatIsEmpty() {
    assertThat(VoskJson.recognition("{\"text\": \"\"}", 0, 10)).isEqualTo(Recognition.EMPTY);
    assertThat(VoskJson.recognition("{\"alternatives\": []}", 0, 10)).isEqualTo(Recognition.EMPTY);
    assertThat(VoskJson.partial("{\"partial\" : \"\"}")).isEmpty();
    assertThat(VoskJson.partial("{\"partial\" : \"a b\"}")).isEqualTo("a b");
  }

  @Test
  void readsPartialsAsLibvoskWritesThem() {
    assertThat(VoskJson.partial("{\n  \"partial\" : \"\"\n}")).isEmpty();
    assertThat(VoskJson.partial("{\n  \"partial\" : \"don't stop\"\n}")).isEqualTo("don't stop");
    assertThat(VoskJson.partial("{\n  \"partial\" : \"a \\u0041 \\\" b\"\n}"))
        .isEqualTo("a A \" b");
    assertThat(VoskJson.partial("{\n  \"partial\" : \"a\",\n  \"x\" : \"b\"\n}")).isEqualTo("a");
  }

  @Test
  void neverQuotesWhatItCannotRead() {
    assertThatThrownBy(() -> VoskJson.partial("{\"partial\": secret"))
        .isInstanceOf(RecognizerException.class)
        .hasNoCause()
        .hasMessageNotContaining("secret");
  }

  @Test
  void writesPhrasesAsAJsonArray() throws Exception {
    assertThat(VoskJson.grammar(List.of("don't", "call mom")))
        .isEqualTo("[\"don't\",\"call mom\"]");
  }
}
