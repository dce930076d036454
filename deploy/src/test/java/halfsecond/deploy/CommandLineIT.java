// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.testing.ForkedJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that come to an end by themselves. */
@Tag("side-by-side")
class CommandLineIT {

  @TempDir Path folder;

  @Test
  void teachesAndEndsWell() {
    ForkedJvm.Result help = Program.run("--help");

    assertThat(help.exitCode()).isZero();
    assertThat(help.output()).contains("Usage: halfsecond", "halfsecond demo");
  }

  @Test
  void refusesAnUnknownCommand() {
    ForkedJvm.Result result = Program.run("transcrib");

    assertThat(result.exitCode()).isEqualTo(64);
    assertThat(result.output()).contains("transcribe", "--help").doesNotContain("Exception");
  }

  @Test
  void saysThatAFileIsMissing() {
    ForkedJvm.Result result = Program.run("transcribe", folder.resolve("none.wav").toString());

    assertThat(result.exitCode()).isEqualTo(66);
    assertThat(result.output()).contains("no such file").doesNotContain("Exception");
  }

  @Test
  void listsAndVerifiesThePreparedModels() {
    ForkedJvm.Result listed = Program.run("model", "list");
    ForkedJvm.Result verified = Program.run("model", "verify", "en-small@1");

    assertThat(listed.exitCode()).isZero();
    assertThat(listed.output()).contains("en-small@1", "en-small@2", "hash", "beam=");
    assertThat(verified.exitCode()).isZero();
    assertThat(verified.output()).contains("en-small@1: intact");
  }

  @Test
  void demonstratesTheWholePipeline() {
    ForkedJvm.Result demo = Program.run("demo");

    assertThat(demo.exitCode()).as(demo.output()).isZero();
    assertThat(demo.output())
        .contains("> how long does it take to drive to the airport")
        .contains("ms after the end of speech")
        .contains("vad.endpoint", "route", "asr.decode", "asr.finalize", "deliver")
        .containsPattern("final +[0-9.]+ ms  of 500 ms promised")
        .containsPattern("spans of trace [0-9a-f]{32}")
        .doesNotContain("WARN", "ERROR");
  }

  @Test
  void demonstratesOneTraceAcrossProcesses() throws Exception {
    Path trace = folder.resolve("trace.json");

    ForkedJvm.Result demo = Program.run("demo", "--processes", "--otlp", trace.toString());

    assertThat(demo.exitCode()).as(demo.output()).isZero();
    assertThat(demo.output())
        .contains("> how long does it take to drive to the airport")
        .contains("vad.endpoint", "route", "asr.decode", "asr.finalize", "deliver")
        .containsPattern("spans of trace [0-9a-f]{32}")
        .doesNotContain("WARN", "ERROR");
    assertThat(Files.readString(trace))
        .contains("vad-service", "asr-service", "router-service", "asr.finalize")
        .containsPattern("\"traceId\" : \"[0-9a-f]{32}\"");
  }

  @Test
  void transcribesWhatItCanAndTellsWhatFailed() throws Exception {
    String notes = Files.writeString(folder.resolve("notes.wav"), "no audio").toString();

    ForkedJvm.Result result =
        Program.run("transcribe", "--json", notes, Program.sample("airport.wav"));

    assertThat(result.exitCode()).isEqualTo(65);
    assertThat(result.output())
        .containsPattern("\\{\"file\":\"[^\"]*notes.wav\",\"error\":")
        .contains("\"transcript\":\"how long does it take to drive to the airport\"");
  }
}
