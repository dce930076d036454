// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.cli;

import halfsecond.loadtest.corpus.Corpus;
import halfsecond.loadtest.measure.Finished;
import halfsecond.loadtest.measure.RunPlan;
import halfsecond.loadtest.result.LatencyNames;
import halfsecond.loadtest.result.RunResult;
import halfsecond.loadtest.result.TargetResult;
import halfsecond.loadtest.result.TargetResult.OverloadStep;
import halfsecond.loadtest.schedule.SchedulePlan;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Offers more than a server can do. */
@Command(
    name = "overload",
    description = {
      "Offers a server its capacity, then several times of it, and says how much of its work stays",
      "good: goodput, latency of what it admits, how fast it refuses, how soon it is back to normal."
    },
    footer = {
      "",
      "Example:",
      "  loadtest overload --target halfsecond --capacity 20 --factors 2,5,10",
      "",
      "Exit codes: 0 every run is valid, 1 one is not, 64 wrong usage."
    })
final class OverloadCommand extends LoadCommand {
  private static final double WARM_QPS = 2;
  private static final Duration AFTERWARDS = Duration.ofSeconds(20);

  @Option(
      names = "--target",
      paramLabel = "NAME",
      defaultValue = "halfsecond",
      description = {"What to measure.", "Default: ${DEFAULT-VALUE}."})
  private String target = "";

  @Option(
      names = "--capacity",
      paramLabel = "QPS",
      required = true,
      description = "What max-qps has found.")
  private double capacity;

  @Option(
      names = "--factors",
      split = ",",
      defaultValue = "2,5,10",
      description = {"Times of the capacity that are offered.", "Default: ${DEFAULT-VALUE}."})
  private List<Double> factors = List.of();

  @Option(
      names = "--duration",
      converter = DurationConverter.class,
      defaultValue = "30s",
      description = {"Of each load.", "Default: ${DEFAULT-VALUE}."})
  private Duration duration = Duration.ZERO;

  OverloadCommand(LoadtestContext context) {
    super(context);
  }

  @Override
  int measure() throws IOException, InterruptedException {
    plan(1);
    factors.forEach(this::plan);
    options().rule();
    options().driving();
    Corpus corpus = corpus();
    Output output = new Output(context(), options(), spec());
    LiveLine live = live();
    List<RunResult> runs = new ArrayList<>();
    List<OverloadStep> steps = new ArrayList<>();
    try (Bench bench =
        Bench.open(
            context(),
            options(),
            target,
            corpus,
            live,
            Math.min(capacity, WARM_QPS),
            output.logs(target))) {
      Finished normal = bench.runner().run(RunPlan.whole("run", plan(1)));
      runs.add(normal.result());
      live.say(Wording.line(normal.result()));
      Aftermath compare = new Aftermath(normal.result(), options().bound());
      for (double factor : factors) {
        Finished run =
            bench.runner().run(RunPlan.whole("overload", plan(factor)).followedBy(after()));
        runs.add(run.result());
        live.say(Wording.line(run.result()));
        steps.add(compare.step(factor, run, duration, AFTERWARDS));
      }
      output.write(corpus, List.of(result(bench, runs, steps)));
    }
    live.say("report: " + output.page());
    steps.forEach(step -> print(line(step)));
    runs.forEach(run -> run.problems().forEach(problem -> print("NOT VALID: " + problem)));
    return runs.stream().allMatch(RunResult::valid) ? OK : MISSED;
  }

  private SchedulePlan plan(double factor) {
    return new SchedulePlan(
        options().arrivals(), factor * capacity, duration, Duration.ZERO, options().seed());
  }

  /** Half of the capacity: what a server that has recovered does with ease. */
  private SchedulePlan after() {
    return new SchedulePlan(
        options().arrivals(), capacity / 2, AFTERWARDS, Duration.ZERO, options().seed() + 1);
  }

  private static TargetResult result(Bench bench, List<RunResult> runs, List<OverloadStep> steps) {
    RunResult normal = runs.get(0);
    List<String> problems = new ArrayList<>();
    for (RunResult run : runs) {
      for (String problem : run.problems()) {
        problems.add(Wording.format("At %.1f a second: %s", run.offeredQps(), problem));
      }
    }
    return new TargetResult(
        bench.target().target().name(),
        bench.target().target().facts(),
        null,
        normal.latencies().get(LatencyNames.FINAL),
        normal.valid(),
        problems,
        runs,
        steps);
  }

  private static String line(OverloadStep step) {
    return Wording.format(
        "%4.1f x capacity: goodput %.0f %% of that at capacity, p99 %s, refusals p99 %s, back to"
            + " normal %s",
        step.factor(),
        100 * step.goodputRatio(),
        step.p99Ratio() == null ? "unknown" : Wording.format("%.2f x", step.p99Ratio()),
        step.refusalP99() == null ? "none" : Wording.format("%.0f ms", step.refusalP99()),
        step.recoverySeconds() == null
            ? "not within " + AFTERWARDS.toSeconds() + " s"
            : Wording.format("after %.1f s", step.recoverySeconds()));
  }
}
