// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import halfsecond.loadtest.result.Environment;
import halfsecond.loadtest.result.LoadReport;
import halfsecond.loadtest.result.LoadReport.Bound;
import halfsecond.loadtest.result.LoadReport.CorpusFacts;
import halfsecond.loadtest.result.Percentiles;
import halfsecond.loadtest.result.RunResult;
import halfsecond.loadtest.result.TargetResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportJsonTest {
  @TempDir private Path folder;

  @Test
  void readsBackEveryFieldThatItWrote() throws Exception {
    LoadReport report = report();
    Path file = folder.resolve("report.json");

    Files.writeString(file, ReportJson.write(report));

    assertThat(ReportJson.read(file)).isEqualTo(report);
  }

  @Test
  void namesFieldsAsTheRecordsDo() {
    assertThat(ReportJson.write(report()))
        .contains("\"target\" : \"halfsecond\"", "\"maxQps\" : 20.5", "\"valid\" : true")
        .contains("\"percentiles\" : {");
  }

  @Test
  void readsReportsOfLaterVersions() throws Exception {
    Path file = folder.resolve("report.json");
    Files.writeString(file, ReportJson.write(report()).replaceFirst("\\{", "{ \"later\" : [ 1 ],"));

    assertThat(ReportJson.read(file)).isEqualTo(report());
  }

  @Test
  void saysWhichFileIsNoReport() throws Exception {
    Path file = folder.resolve("other.json");
    Files.writeString(file, "{\"a\": ");
    Path other = folder.resolve("empty.json");
    Files.writeString(other, "{}");

    assertThatIOException()
        .isThrownBy(() -> ReportJson.read(file))
        .withMessageContaining("other.json is not a report");
    assertThatIOException()
        .isThrownBy(() -> ReportJson.read(other))
        .withMessageContaining("empty.json is not a report");
  }

  private static LoadReport report() {
    Percentiles some = new Percentiles(3, 1.5, 1, 2, 2, 3, 3, 3);
    RunResult run =
        new RunResult(
            "deciding",
            "poisson",
            4,
            20.5,
            60,
            "pass",
            20.1,
            new RunResult.Counts(3, 2, 2, 1, 1, 0, 0, 0, 0, 0, Map.of("INTERNAL", 1L), 9, 100, 0),
            Map.of("final", some),
            List.of(new RunResult.Bar(10, 2)),
            List.of(new RunResult.Slice(0, 1, 1, 0, null, 2.5, 1)),
            List.of(new RunResult.StageShare("vad", 1, 2, 3)),
            new RunResult.Accuracy(0, 0, null, 0),
            new RunResult.Generator(some, 1.5),
            List.of(new RunResult.ProcessUse("asr-0", 2.5, 1_000)),
            true,
            List.of());
    return new LoadReport(
        1,
        "halfsecond loadtest max-qps",
        "2026-01-02T03:04:05Z",
        new Environment("cpu", 2, 1_000, "Linux", "17", "abc", true, Map.of("chunk", "20 ms")),
        new Bound(99, 500, 0.99),
        new CorpusFacts("builtin", "some", 2, 1.5, 3),
        List.of(
            new TargetResult(
                "halfsecond",
                Map.of("model", "en-small@2"),
                20.5,
                some,
                true,
                List.of("one"),
                List.of(run),
                List.of(new TargetResult.OverloadStep(2, 0.95, 1.1, null, 0.5)))));
  }
}
