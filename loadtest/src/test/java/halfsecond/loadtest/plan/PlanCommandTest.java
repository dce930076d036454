// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PlanCommandTest {
  private static final String COSTS =
      """
      {"routerCpuMillis": 4, "vadCpuMillis": 2, "asrCpuMillis": 80, "finishMillis": 10,
       "utteranceSeconds": 2, "routerBaseBytes": 400000000, "vadBaseBytes": 200000000,
       "asrBaseBytes": 600000000%s}
      """;
  private static final String REPORT =
      """
      {"schema": 1, "later": true,
       "corpus": {"name": "n", "description": "d", "queries": 2, "meanSeconds": 2.5,
         "totalSeconds": 5},
       "targets": [{"target": "halfsecond", "problems": [], "overload": [], "runs": [
         {"kind": "deciding", "valid": true, "histogram": [], "overTime": [], "problems": [],
          "counts": {"answered": 1000}, "latencies": {},
          "stages": [{"stage": "route", "mean": 2, "p50": 1, "p99": 9},
            {"stage": "asr", "mean": 30, "p50": 12, "p99": 90},
            {"stage": "deliver", "mean": 1, "p50": 1, "p99": 3}],
          "processes": [{"service": "router", "cpuSeconds": 4, "peakResidentBytes": 400000000},
            {"service": "vad", "cpuSeconds": 2, "peakResidentBytes": 200000000},
            {"service": "asr-1", "cpuSeconds": 30, "peakResidentBytes": 600000000},
            {"service": "asr-2", "cpuSeconds": 50, "peakResidentBytes": 700000000}]}]}]}
      """;

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void plansFromCostsAndSaysWhatNobodyMeasured() throws Exception {
    int code = run("--rate", "100", "--costs", file(COSTS.formatted("")), "--simulate", "30");

    assertThat(code).isZero();
    assertThat(out.toString())
        .contains("100 utterances/s: ", "machines of 16 cores", "also with 1 machine lost")
        .containsPattern("asr +80\\.00 ms +9\\.6 ")
        .containsPattern("all machines +[\\d,]+ +0 ")
        .contains("one machine lost", "note: blockSpread is not known");
  }

  @Test
  void takesCostsOfAReportAndLetsAFileCorrectThem() throws Exception {
    String report = file(REPORT);
    String costs = file("{\"routerCpuMillis\": 7, \"blockSpread\": 0.4}");

    int code =
        run(
            "--rate",
            "100",
            "--report",
            report,
            "--costs",
            costs,
            "--simulate",
            "30",
            "--markdown");

    assertThat(code).isZero();
    assertThat(out.toString())
        .contains("### 100 utterances/s", "|---|---:|")
        .containsPattern("\\| router +\\| +7\\.00 ms")
        .containsPattern("\\| asr +\\| +80\\.00 ms")
        .doesNotContain("blockSpread");
  }

  @Test
  void namesWhatIsWrong() throws Exception {
    assertThat(run("--rate", "100")).isEqualTo(64);
    assertThat(run("--rate", "100", "--costs", file("{}"))).isEqualTo(64);
    String unknown = file(COSTS.formatted(", \"colour\": 1"));
    assertThat(run("--rate", "100", "--costs", unknown)).isEqualTo(64);
    assertThat(run("--rate", "1", "--report", file(REPORT), "--target", "other")).isEqualTo(64);
    assertThat(run("--rate", "0", "--costs", file(COSTS.formatted("")))).isEqualTo(64);

    assertThat(err.toString())
        .contains("costs are missing", "routerCpuMillis is missing", "colour")
        .contains("the report has no target other", "the rate must be above 0");
  }

  private String file(String content) throws Exception {
    return Files.writeString(Files.createTempFile(folder, "plan", ".json"), content).toString();
  }

  private int run(String... arguments) {
    return new CommandLine(new PlanCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
