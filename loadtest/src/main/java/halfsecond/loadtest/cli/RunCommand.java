// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.cli;

import halfsecond.loadtest.corpus.Corpus;
import halfsecond.loadtest.measure.RunPlan;
import halfsecond.loadtest.result.LatencyNames;
import halfsecond.loadtest.result.RunResult;
import halfsecond.loadtest.result.TargetResult;
import halfsecond.loadtest.schedule.SchedulePlan;
import halfsecond.loadtest.targets.Target;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** One run at one rate. */
@Command(
    name = "run",
    description = "Offers one load to one target and says what became of it.",
    footer = {
      "",
      "Examples:",
      "  loadtest run --target halfsecond --rate 10 --duration 60s",
      "  loadtest run --target vosk-websocket --address 127.0.0.1:2700 --rate 1 --duration 5m",
      "  loadtest run --target halfsecond --rate 40 --ramp 2m --duration 2m",
      "  loadtest run --target halfsecond --rate 10 --soak 8h",
      "",
      "Exit codes: 0 valid and within the bound, 1 not valid or beyond the bound, 64 wrong usage."
    })
final class RunCommand extends LoadCommand {
  private static final double WARM_QPS = 2;

  @Option(
      names = "--target",
      paramLabel = "NAME",
      defaultValue = "halfsecond",
      description = {"What to measure.", "Default: ${DEFAULT-VALUE}."})
  private String target = "";

  @Option(
      names = "--rate",
      paramLabel = "QPS",
      required = true,
      description = "Utterances that begin a second.")
  private double rate;

  @Option(
      names = "--duration",
      converter = DurationConverter.class,
      defaultValue = "30s",
      description = {"In which utterances begin.", "Default: ${DEFAULT-VALUE}."})
  private Duration duration = Duration.ZERO;

  @Option(
      names = "--soak",
      converter = DurationConverter.class,
      description = "The same as --duration, for a long run that is called so in the report.")
  private @Nullable Duration soak;

  @Option(
      names = "--ramp",
      converter = DurationConverter.class,
      defaultValue = "0",
      description = "The rate grows from 0 in this part of the duration.")
  private Duration ramp = Duration.ZERO;

  RunCommand(LoadtestContext context) {
    super(context);
  }

  @Override
  int measure() throws IOException, InterruptedException {
    Duration length = soak == null ? duration : soak;
    SchedulePlan plan =
        new SchedulePlan(options().arrivals(), rate, length, ramp, options().seed());
    // Checked before anything is started.
    double needed = options().rule().percentile();
    options().driving();
    Corpus corpus = corpus();
    Output output = new Output(context(), options(), spec());
    LiveLine live = live();
    try (Bench bench =
        Bench.open(
            context(),
            options(),
            target,
            corpus,
            live,
            Math.min(rate, WARM_QPS),
            output.logs(target))) {
      RunResult run = bench.runner().run(RunPlan.whole(kind(), plan)).result();
      output.write(corpus, List.of(result(bench.target().target(), run)));
      live.say("report: " + output.page());
      Wording.table(run).forEach(this::print);
      return verdict(run, needed);
    }
  }

  private String kind() {
    if (soak != null) {
      return "soak";
    }
    return ramp.isZero() ? "run" : "ramp";
  }

  private int verdict(RunResult run, double needed) {
    if (!run.valid()) {
      print("not valid");
      return MISSED;
    }
    double within = 100.0 * run.counts().withinBound() / run.counts().scheduled();
    boolean held = within >= needed;
    print(
        Wording.format(
            "%s: %.2f %% within %d ms (%.1f %% wanted)",
            held ? "bound held" : "bound missed", within, options().bound().toMillis(), needed));
    return held ? OK : MISSED;
  }

  private static TargetResult result(Target target, RunResult run) {
    return new TargetResult(
        target.name(),
        target.facts(),
        null,
        run.latencies().get(LatencyNames.FINAL),
        run.valid(),
        run.problems(),
        List.of(run),
        List.of());
  }
}
