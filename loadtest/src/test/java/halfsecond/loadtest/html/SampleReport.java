// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.html;

import halfsecond.loadtest.result.Environment;
import halfsecond.loadtest.result.LoadReport;
import halfsecond.loadtest.result.LoadReport.Bound;
import halfsecond.loadtest.result.LoadReport.CorpusFacts;
import halfsecond.loadtest.result.RunResult;
import halfsecond.loadtest.result.TargetResult;
import halfsecond.loadtest.result.TargetResult.OverloadStep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An invented report with everything in it that a real one may hold. The numbers are not real. */
final class SampleReport {
  static final String PROBLEM =
      "The generator fell behind: 99 % of the audio left up to 310 ms late, 20 ms are allowed.";

  private SampleReport() {}

  static LoadReport whole() {
    return report(halfsecond(), libvosk(), voskServer(), invalid());
  }

  static LoadReport report(TargetResult... targets) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("chunk", "100 ms");
    settings.put("connections", "16");
    settings.put("arrivals", "poisson");
    return new LoadReport(
        1,
        "./halfsecond loadtest max-qps --target halfsecond --target libvosk --target vosk-websocket"
            + " --target null --output report",
        "2025-03-14T09:26:53Z",
        new Environment(
            "Invented CPU 9000 @ 2.6 GHz",
            2,
            8L << 30,
            "Linux 6.1 amd64",
            "17.0.12",
            "3f2a91c",
            true,
            settings),
        new Bound(99, 500, 0.99),
        new CorpusFacts("voice queries", "synthesized questions, four voices", 240, 2.9, 696),
        List.of(targets));
  }

  static TargetResult halfsecond() {
    SampleRun sample = new SampleRun(1, 26.4, 214, true, 61);
    List<RunResult> runs = search(sample, 24.6, 2, 8, 16, 22, 25.9, 26.2);
    for (double multiple : new double[] {2, 5, 10}) {
      runs.add(sample.run("overload", 24.6 * multiple, 60, ""));
    }
    RunResult deciding = sample.run("deciding", 24.6, 300, "pass");
    runs.add(deciding);
    return target(
        "halfsecond",
        24.6,
        deciding,
        runs,
        facts("two replicas, static graph"),
        new OverloadStep(2, 0.98, 1.04, 31.0, 2.5),
        new OverloadStep(5, 0.96, 1.07, 38.0, 4.0),
        new OverloadStep(10, 0.93, 1.11, 44.0, null));
  }

  static TargetResult libvosk() {
    SampleRun sample = new SampleRun(2, 31.6, 206, false, 0);
    List<RunResult> runs = search(sample, 29.8, 4, 12, 20, 27, 31.5, 34);
    RunResult deciding = sample.run("deciding", 29.8, 300, "pass");
    runs.add(deciding);
    return target("libvosk", 29.8, deciding, runs, facts("in this process, no network"));
  }

  static TargetResult voskServer() {
    SampleRun sample = new SampleRun(3, 1.15, 236, false, 0);
    List<RunResult> runs = search(sample, 1.04, 0.5, 0.8, 1.5, 3);
    RunResult deciding = sample.run("deciding", 1.04, 900, "pass");
    runs.add(deciding);
    return target("vosk-websocket", 1.04, deciding, runs, facts("stock model, one thread a core"));
  }

  static TargetResult invalid() {
    SampleRun sample = new SampleRun(4, 900, 203, true, 3.5);
    List<RunResult> runs = search(sample, 400, 50, 100, 200);
    RunResult lost = SampleRun.invalid(sample.run("deciding", 410, 30, "undecided"), PROBLEM);
    runs.add(lost);
    return new TargetResult(
        "null",
        facts("a recognizer that only counts"),
        null,
        null,
        false,
        List.of(PROBLEM),
        runs,
        List.of());
  }

  private static List<RunResult> search(SampleRun sample, double limit, double... rates) {
    List<RunResult> runs = new ArrayList<>();
    for (double rate : rates) {
      runs.add(sample.run("probe", rate, 120, rate <= limit ? "pass" : "fail"));
    }
    return runs;
  }

  static TargetResult target(
      String name,
      @Nullable Double rate,
      RunResult deciding,
      List<RunResult> runs,
      Map<String, String> facts,
      OverloadStep... overload) {
    return new TargetResult(
        name,
        facts,
        rate,
        Picked.finals(deciding).orElse(null),
        true,
        List.of(),
        runs,
        List.of(overload));
  }

  private static Map<String, String> facts(String how) {
    return Map.of("how", how);
  }
}
