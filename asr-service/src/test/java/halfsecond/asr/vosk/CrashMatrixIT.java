// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.vosk;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.asr.TestModels;
import halfsecond.testing.ForkedJvm;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CrashMatrixIT {
  @Test
  void nothingThatCrashesTheEngineReachesIt() {
    assertThat(TestModels.find(TestModels.FAST)).isNotNull();

    ForkedJvm.Result result =
        ForkedJvm.run(
            CrashMatrix.class,
            Duration.ofMinutes(2),
            List.of(
                "-Dtest.models=" + System.getProperty("test.models"),
                "-Dmodel.archive=" + System.getProperty("model.archive")));

    String output = result.output();
    assertThat(result.exitCode()).as(output).isZero();
    assertThat(output).contains("complete");
    for (String name :
        List.of(
            "negative length",
            "length beyond the array",
            "length far beyond the array",
            "length over a block",
            "odd length",
            "no alternatives",
            "too many alternatives",
            "no phrases",
            "deep phrase",
            "phrase '[]'",
            "phrase '[1]'",
            "phrase '<eps>'",
            "phrase '[unk]'",
            "phrase ''",
            "phrase 'a0b'",
            "phrase '#0'",
            "phrase '\"yes'",
            "phrase ' yes'")) {
      assertThat(output).contains(name + ": IllegalArgumentException\n");
    }
    for (String name :
        List.of(
            "audio without begin",
            "begin twice",
            "finish twice",
            "audio after finish",
            "partial after close",
            "audio after close",
            "finish after close",
            "two threads",
            "recognizer of a closed model",
            "word of a closed model",
            "phrases on a composed graph")) {
      assertThat(output).contains(name + ": IllegalStateException\n");
    }
    for (String name :
        List.of(
            "zero length",
            "two bytes",
            "close twice",
            "close while decoding",
            "model closed twice",
            "model closed before its recognizer",
            "unknown words",
            "all phrases there may be")) {
      assertThat(output).contains(name + ": survived\n");
    }
    assertThat(output)
        .contains("null array: NullPointerException\n")
        .contains("missing model: IOException\n")
        .contains("truncated model: IOException\n")
        .contains("handles: 0\n")
        .as("the engine's own log stays silent")
        .doesNotContain("LOG (")
        .doesNotContain("WARNING (")
        .doesNotContain("qzxqzx");
  }
}
