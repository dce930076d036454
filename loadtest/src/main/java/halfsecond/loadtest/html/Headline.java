// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.html;

import halfsecond.loadtest.result.LoadReport;
import halfsecond.loadtest.result.Percentiles;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The answer in large numbers. */
final class Headline {
  private final LoadReport report;
  private final List<Picked> targets;

  Headline(LoadReport report, List<Picked> targets) {
    this.report = report;
    this.targets = targets;
  }

  void write(Markup out) {
    out.open("header", "class", "top").open("div", "class", "bar-top");
    out.element("p", "Halfsecond load test", "class", "kicker");
    out.element(
        "button",
        "Theme",
        "type",
        "button",
        "id",
        "theme",
        "class",
        "script",
        "aria-label",
        "Change between light and dark");
    out.close().element("h1", conclusion());
    out.element("p", subtitle(), "class", "lead").close().line();
    out.open("section", "class", "cards", "aria-label", "Results");
    targets.forEach(target -> card(out, target));
    out.close().line();
  }

  /** The first target that counts, in one sentence. */
  private String conclusion() {
    String bound =
        "p"
            + Units.number(report.bound().percentile())
            + " within "
            + Units.millis(report.bound().millis());
    return targets.stream()
        .filter(target -> target.result().valid() && target.result().maxQps() != null)
        .findFirst()
        .map(
            target ->
                target.name() + " carries " + rate(target) + " utterances a second at " + bound)
        .orElse(
            targets.size() == 1
                ? "No rate of " + targets.get(0).name() + " counts at " + bound
                : "No target has a rate that counts at " + bound);
  }

  private static String rate(Picked target) {
    return Optional.ofNullable(target.result().maxQps()).map(Units::number).orElse(Units.NONE);
  }

  private String subtitle() {
    var corpus = report.corpus();
    var machine = report.environment();
    return "Final latency counts from the end of speech to the final, as the client sees it. "
        + Units.count(corpus.queries())
        + " queries of “"
        + corpus.name()
        + "”, "
        + Units.seconds(corpus.meanSeconds())
        + " each on average, on "
        + machine.cores()
        + " cores ("
        + machine.cpu()
        + "), "
        + report.startedAt()
        + ".";
  }

  private void card(Markup out, Picked target) {
    boolean valid = target.result().valid();
    out.open("article", "class", "card " + target.style()).open("div", "class", "card-top");
    out.element("h2", target.name());
    out.element("span", valid ? "✓ valid" : "✗ not valid", "class", valid ? "badge" : "badge bad");
    out.close().open("p", "class", "big");
    if (target.result().maxQps() == null) {
      out.element("span", "no rate", "class", "none");
    } else {
      out.element("strong", rate(target)).element("span", "utterances/s");
    }
    out.close();
    ratios(target).forEach(text -> out.element("p", text, "class", "ratio"));
    out.element("p", latency(target), "class", "small");
    if (!target.result().problems().isEmpty()) {
      out.open("ul", "class", "problems");
      target.result().problems().forEach(problem -> out.element("li", problem));
      out.close();
    }
    out.close().line();
  }

  private static String latency(Picked target) {
    return target.finals().map(Headline::latency).orElse("No percentiles: the run does not count.");
  }

  private static String latency(Percentiles found) {
    return "There: p50 "
        + Units.millis(found.p50())
        + ", p99 "
        + Units.millis(found.p99())
        + " of "
        + Units.count(found.count())
        + " answers";
  }

  /** How many times the rate of each other target, the largest ratio first. */
  private List<String> ratios(Picked target) {
    double own = rateOf(target);
    if (!(own > 0)) {
      return List.of();
    }
    return targets.stream()
        .filter(other -> other.index() != target.index() && rateOf(other) > 0)
        .sorted(Comparator.comparingDouble(Headline::rateOf))
        .map(other -> Units.times(own / rateOf(other)) + " " + other.name())
        .toList();
  }

  private static double rateOf(Picked target) {
    return Optional.ofNullable(target.result().maxQps()).orElse(0.0);
  }
}
