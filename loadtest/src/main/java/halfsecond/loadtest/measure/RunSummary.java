// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.measure;

import halfsecond.loadtest.drive.Ending;
import halfsecond.loadtest.drive.Outcome;
import halfsecond.loadtest.result.Percentiles;
import halfsecond.loadtest.result.RunResult;
import halfsecond.loadtest.result.RunResult.Accuracy;
import halfsecond.loadtest.result.RunResult.Counts;
import halfsecond.loadtest.result.RunResult.Generator;
import halfsecond.loadtest.result.RunResult.ProcessUse;
import halfsecond.loadtest.schedule.SchedulePlan;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.HdrHistogram.Histogram;

/** Makes the numbers of a run out of its outcomes. */
final class RunSummary {
  /** A target's word for a final that it had already given. */
  private static final String DUPLICATE = "DUPLICATE";

  /** The servers' word for an answer with what there was at the deadline. */
  private static final String DEADLINE = "DEADLINE";

  private final RunFacts facts;
  private final List<Outcome> outcomes;
  private final Predicate<Outcome> within;

  RunSummary(RunFacts facts, List<Outcome> outcomes, Predicate<Outcome> within) {
    this.facts = facts;
    this.outcomes = outcomes;
    this.within = within;
  }

  RunResult result(Histogram lateMicros, List<ProcessUse> processes) {
    SchedulePlan schedule = facts.plan().schedule();
    Percentiles lateness = Distribution.percentiles(lateMicros);
    List<String> problems = Validity.problems(lateness, facts.leftOpen(), outcomes.size());
    boolean valid = problems.isEmpty();
    Counts counts = counts();
    Latencies latencies = new Latencies(outcomes);
    double seconds = Math.max(1e-3, facts.seconds());
    return new RunResult(
        facts.plan().kind(),
        schedule.arrivals().word(),
        schedule.seed(),
        meanRate(schedule),
        facts.seconds(),
        "",
        counts.withinBound() / seconds,
        counts,
        valid ? latencies.byName() : Map.of(),
        valid ? latencies.bars() : List.of(),
        Slices.of(outcomes, schedule.duration(), valid),
        valid ? latencies.stages() : List.of(),
        accuracy(),
        new Generator(lateness, facts.ownCpuSeconds()),
        processes,
        valid,
        problems);
  }

  /** Half of the rate is missing while it grows. */
  private static double meanRate(SchedulePlan plan) {
    double whole = plan.duration().toNanos();
    return plan.qps() * (whole - plan.ramp().toNanos() / 2.0) / whole;
  }

  private Counts counts() {
    Map<String, Long> failures = new TreeMap<>();
    outcomes.stream()
        .filter(outcome -> outcome.ending() == Ending.FAILED)
        .forEach(outcome -> failures.merge(outcome.code(), 1L, Long::sum));
    return new Counts(
        outcomes.size(),
        ended(Ending.ANSWERED),
        count(within),
        ended(Ending.REFUSED),
        count(outcome -> outcome.refusal().map(refusal -> refusal.atOpen()).orElse(false)),
        ended(Ending.FAILED),
        ended(Ending.UNANSWERED),
        count(outcome -> answered(outcome, answer -> answer.last().finality().equals(DEADLINE))),
        count(outcome -> answered(outcome, answer -> answer.last().attempts() > 1)),
        failures.getOrDefault(DUPLICATE, 0L),
        failures,
        outcomes.stream().mapToLong(outcome -> outcome.partialNanos().size()).sum(),
        outcomes.stream().mapToLong(Outcome::bytes).sum(),
        count(outcome -> answered(outcome, answer -> answer.finals() > 1)));
  }

  private Accuracy accuracy() {
    WordErrors sum = WordErrors.NONE;
    long answers = 0;
    long empty = 0;
    for (Outcome outcome : outcomes) {
      if (outcome.answer().isPresent()) {
        String heard = outcome.answer().get().text();
        sum = sum.plus(WordErrors.of(outcome.query().transcript(), heard));
        answers++;
        empty += heard.isBlank() ? 1 : 0;
      }
    }
    return new Accuracy(
        sum.words(),
        sum.errors(),
        sum.words() == 0 ? null : (double) sum.errors() / sum.words(),
        answers == 0 ? 0 : (double) empty / answers);
  }

  private long ended(Ending ending) {
    return count(outcome -> outcome.ending() == ending);
  }

  private long count(Predicate<Outcome> which) {
    return outcomes.stream().filter(which).count();
  }

  private static boolean answered(Outcome outcome, Predicate<Outcome.Answer> which) {
    return outcome.answer().map(which::test).orElse(false);
  }
}
