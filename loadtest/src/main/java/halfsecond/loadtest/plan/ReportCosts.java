// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.plan;

import halfsecond.loadtest.result.LoadReport;
import halfsecond.loadtest.result.RunResult;
import halfsecond.loadtest.result.RunResult.ProcessUse;
import halfsecond.loadtest.result.RunResult.StageShare;
import halfsecond.loadtest.result.TargetResult;
import java.util.List;
import java.util.Optional;

/** What a load report says about costs. */
final class ReportCosts {
  private ReportCosts() {}

  /**
   * Takes over the CPU of an answer and the resident memory of each service's processes, from the
   * target's last run that counts and knows its processes.
   *
   * @throws IllegalArgumentException when the report has no such run; the message says what is
   *     missing
   */
  static void add(LoadReport report, String target, CostsFile costs) {
    RunResult run = run(report, target);
    for (String service : List.of("router", "vad", "asr")) {
      costs.put(service + "CpuMillis", cpuMillis(run, service));
      long resident =
          processes(run, service).stream().mapToLong(ProcessUse::peakResidentBytes).max().orElse(0);
      costs.put(service + "BaseBytes", resident);
    }
    costs.put("utteranceSeconds", report.corpus().meanSeconds());
    // The stage also waited for a core, so at most half of the cost is believed to fall at the end.
    double most = cpuMillis(run, "asr") / 2;
    stage(run, "asr").ifPresent(asr -> costs.put("finishMillis", Math.min(asr.p50(), most)));
    stage(run, "route")
        .flatMap(route -> stage(run, "deliver").map(deliver -> route.mean() + deliver.mean()))
        .ifPresent(overhead -> costs.put("overheadMillis", overhead));
  }

  private static double cpuMillis(RunResult run, String service) {
    double cpu = processes(run, service).stream().mapToDouble(ProcessUse::cpuSeconds).sum();
    return cpu * 1000 / run.counts().answered();
  }

  private static List<ProcessUse> processes(RunResult run, String service) {
    List<ProcessUse> processes =
        run.processes().stream().filter(use -> use.service().startsWith(service)).toList();
    if (processes.isEmpty()) {
      throw new IllegalArgumentException("the report does not know the processes of " + service);
    }
    return processes;
  }

  private static RunResult run(LoadReport report, String name) {
    TargetResult target =
        report.targets().stream()
            .filter(candidate -> candidate.target().equals(name))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("the report has no target " + name));
    return target.runs().stream()
        .filter(run -> run.valid() && !run.processes().isEmpty() && run.counts().answered() > 0)
        .filter(run -> !run.kind().equals("overload"))
        .reduce((before, after) -> after)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    name + " has no run that counts and knows what its processes took"));
  }

  private static Optional<StageShare> stage(RunResult run, String name) {
    return run.stages().stream().filter(stage -> stage.stage().equals(name)).findFirst();
  }
}
