// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.cli;

import halfsecond.loadtest.corpus.Corpus;
import halfsecond.loadtest.result.LatencyNames;
import halfsecond.loadtest.result.Percentiles;
import halfsecond.loadtest.result.RunResult;
import halfsecond.loadtest.result.TargetResult;
import halfsecond.loadtest.search.Found;
import halfsecond.loadtest.search.Judge;
import halfsecond.loadtest.search.LiveProber;
import halfsecond.loadtest.search.Prober;
import halfsecond.loadtest.search.RateSearch;
import halfsecond.loadtest.search.SearchSettings;
import halfsecond.loadtest.targets.Target;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Searches the largest rate of one or more targets, one after the other. */
@Command(
    name = "max-qps",
    description =
        "Finds the largest rate that holds the bound, for each target in turn, and compares them.",
    footer = {
      "",
      "Examples:",
      "  loadtest max-qps --target halfsecond --output results",
      "  loadtest max-qps --target halfsecond --target libvosk --corpus recorded",
      "  loadtest max-qps --target vosk-websocket --address 127.0.0.1:2700 --official",
      "",
      "Exit codes: 0 every target has a proven rate, 1 one has none or its run is not valid, 64 wrong",
      "usage."
    })
final class MaxQpsCommand extends LoadCommand {
  private static final double WARM_QPS = 2;
  private static final double PRECISION = 0.05;

  @Option(
      names = "--target",
      paramLabel = "NAME",
      defaultValue = "halfsecond",
      description = {"What to measure; may be repeated.", "Default: ${DEFAULT-VALUE}."})
  private List<String> targets = List.of();

  @Option(
      names = "--start",
      paramLabel = "QPS",
      defaultValue = "1",
      description = {"The first rate that is tried.", "Default: ${DEFAULT-VALUE}."})
  private double start;

  @Option(
      names = "--most",
      paramLabel = "QPS",
      defaultValue = "1000",
      description = {"The largest rate that is tried.", "Default: ${DEFAULT-VALUE}."})
  private double most;

  @Option(
      names = "--minutes",
      defaultValue = "20",
      description = {
        "For one target; up to twice of it when deciding runs fail.",
        "Default: ${DEFAULT-VALUE}."
      })
  private double minutes;

  @Option(
      names = "--official",
      description = "The deciding run lasts at least ten minutes, as MLPerf's rules want it.")
  private boolean official;

  MaxQpsCommand(LoadtestContext context) {
    super(context);
  }

  @Override
  int measure() throws IOException, InterruptedException {
    SearchSettings settings =
        new SearchSettings(
            options().rule(),
            start,
            most,
            PRECISION,
            Duration.ofMillis(Math.round(minutes * 60_000)),
            official,
            options().seed());
    checkTargets();
    options().driving();
    Corpus corpus = corpus();
    Output output = new Output(context(), options(), spec());
    LiveLine live = live();
    List<TargetResult> results = new ArrayList<>();
    Optional<String> models = Optional.empty();
    for (String target : targets) {
      try (Bench bench =
          Bench.open(context(), options(), target, corpus, live, WARM_QPS, output.logs(target))) {
        results.add(search(bench, settings, live));
      }
      // After each one: hours of measuring are not lost to a target that cannot be started.
      models = output.write(corpus, results).modelsThatDiffer();
    }
    live.say("report: " + output.page());
    results.forEach(result -> print(line(result)));
    models.ifPresent(this::print);
    return results.stream().allMatch(result -> result.valid() && result.maxQps() != null)
        ? OK
        : MISSED;
  }

  private void checkTargets() {
    for (String target : targets) {
      if (!context().inventory().targets().contains(target)) {
        throw new IllegalArgumentException(
            "there is no target '" + target + "'; there are " + context().inventory().targets());
      }
    }
  }

  private TargetResult search(Bench bench, SearchSettings settings, LiveLine live)
      throws IOException, InterruptedException {
    Prober prober =
        new LiveProber(bench.runner(), new Judge(settings.rule()), options().arrivals());
    Found found =
        new RateSearch(
                settings,
                trial -> {
                  Prober.Tried tried = prober.run(trial);
                  live.say(bench.target().target().name() + "  " + Wording.line(tried.result()));
                  return tried;
                })
            .search();
    return result(bench.target().target(), found);
  }

  private static TargetResult result(Target target, Found found) {
    RunResult last = found.runs().get(found.runs().size() - 1);
    boolean proven = found.maxQps().isPresent();
    List<String> problems = new ArrayList<>(found.problems());
    if (proven) {
      problems.addAll(last.problems());
    }
    Map<String, Percentiles> latencies = last.latencies();
    return new TargetResult(
        target.name(),
        target.facts(),
        proven ? (Double) found.maxQps().getAsDouble() : null,
        proven ? latencies.get(LatencyNames.FINAL) : null,
        proven && last.valid(),
        problems,
        found.runs(),
        List.of());
  }

  private static String line(TargetResult result) {
    @Nullable Double rate = result.maxQps();
    String first =
        rate == null
            ? Wording.format("%-16s no proven rate", result.target())
            : Wording.format("%-16s %.2f utterances a second", result.target(), rate);
    return result.problems().isEmpty()
        ? first
        : first + " (" + String.join(" ", result.problems()) + ")";
  }
}
