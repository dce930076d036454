// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs every benchmark once with every parameter, so that none of them rots. Measures nothing. */
final class BenchmarksTest {
  @BeforeAll
  static void runsBesideOtherMeasurements() {
    System.setProperty("jmh.ignoreLock", "true");
  }

  @Test
  void everyBenchmarkSetsUpAndRuns(@TempDir Path folder) throws Exception {
    Path results = folder.resolve("results.json");

    int exit =
        Benchmarks.run(
            "-f",
            "0",
            "-bm",
            "ss",
            "-wi",
            "0",
            "-i",
            "1",
            "-v",
            "SILENT",
            "-rf",
            "json",
            "-rff",
            results.toString());

    assertThat(exit).isZero();
    String measured = Files.readString(results);
    for (String name :
        List.of(
            "ResampleBenchmark.decode20ms",
            "G711Benchmark.decode20ms",
            "AudioRingBenchmark.append20ms",
            "AudioRingBenchmark.slice20ms",
            "AudioRingBenchmark.slice5s",
            "VadBenchmark.judge20ms",
            "EndpointBenchmark.hear20ms",
            "SessionBenchmark.utterance1s",
            "RecordBenchmark.encode")) {
      assertThat(measured).contains(name);
    }
  }

  @Test
  void refusesArgumentsThatJmhDoesNotKnow() {
    assertThat(Benchmarks.run("--no-such-option")).isEqualTo(64);
  }

  @Test
  void failsWhenThereIsNothingOfThatName() {
    assertThat(Benchmarks.run("NoSuchBenchmark", "-v", "SILENT")).isEqualTo(70);
  }
}
