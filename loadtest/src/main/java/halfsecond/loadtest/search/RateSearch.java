// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.search;

import halfsecond.loadtest.result.RunResult;
import halfsecond.loadtest.search.Prober.Trial;
import halfsecond.loadtest.search.Prober.Tried;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Looks for the largest rate that holds: doubles until one fails, bisects, and runs what is a
 * twentieth below the winner again under another seed, and longer; what fails then is lowered and
 * tried again. A failure that is not certain is looked at a second time first. For one search and
 * one thread.
 */
public final class RateSearch {
  /** Utterances a second that differ by less are the same. */
  private static final double SAME = 0.1;

  /** Nobody serves less than one utterance in twenty seconds and calls it a server. */
  private static final double LEAST_QPS = 0.05;

  /** Probes are short, and the best of several short ones was lucky. */
  private static final double STEP_BACK = 0.95;

  /** When time runs out. */
  private static final double LAST_STEP_BACK = 0.85;

  private static final double LAST_STEPS = 1.5;
  private static final double AT_MOST = 2;

  private final SearchSettings settings;
  private final Prober prober;
  private final List<RunResult> runs = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private Duration spent = Duration.ZERO;
  private long seed;

  public RateSearch(SearchSettings settings, Prober prober) {
    this.settings = settings;
    this.prober = prober;
    this.seed = settings.seed();
  }

  /** Searches; takes about the budget at most, plus what the last deciding run goes beyond it. */
  public Found search() throws IOException, InterruptedException {
    double holds = 0;
    double fails = Double.POSITIVE_INFINITY;
    double qps = settings.startQps();
    while (between(holds, fails) && !timeToDecide(holds)) {
      if (passes(qps)) {
        holds = qps;
      } else {
        fails = qps;
      }
      qps = next(holds, fails);
      if (qps < LEAST_QPS) {
        problems.add(
            String.format(Locale.ROOT, "No rate holds the bound: %.2f a second does not.", fails));
        return found(OptionalDouble.empty());
      }
    }
    if (holds == 0) {
      problems.add("The time was up before any rate had held: give it more minutes.");
      return found(OptionalDouble.empty());
    }
    if (holds >= settings.mostQps()) {
      problems.add(
          String.format(
              Locale.ROOT, "It may do more: %.1f a second was the most that was tried.", holds));
    } else if (between(holds, fails)) {
      problems.add(
          String.format(
              Locale.ROOT,
              "The time was up before the search was: the limit lies between %.2f and %.2f a"
                  + " second.",
              holds,
              fails));
    }
    return decide(holds);
  }

  private boolean between(double holds, double fails) {
    return holds < settings.mostQps()
        && fails - holds > SAME * Math.min(1, fails)
        && (holds == 0 || fails / holds - 1 > settings.precision());
  }

  private double next(double holds, double fails) {
    if (Double.isInfinite(fails)) {
      return Math.min(settings.mostQps(), holds * 2);
    }
    return holds == 0 ? fails / 2 : (holds + fails) / 2;
  }

  private boolean timeToDecide(double holds) {
    if (holds == 0) {
      return spent.compareTo(settings.budget()) >= 0;
    }
    Duration wanted = settings.deciding();
    Duration kept = wanted.compareTo(settings.budget()) < 0 ? wanted : settings.budget();
    return spent.plus(kept).plus(settings.probe(holds)).compareTo(settings.budget()) > 0;
  }

  private boolean passes(double qps) throws IOException, InterruptedException {
    Tried tried = probe(qps);
    if (tried.verdict() != Verdict.PASS && !tried.certain()) {
      tried = probe(qps);
    }
    return tried.verdict() == Verdict.PASS;
  }

  private Found decide(double holds) throws IOException, InterruptedException {
    double qps = holds < settings.mostQps() ? STEP_BACK * holds : holds;
    while (true) {
      Tried tried = run(new Trial(qps, settings.deciding(), nextSeed(), true));
      if (tried.verdict() == Verdict.PASS) {
        return found(OptionalDouble.of(qps));
      }
      if (tried.verdict() == Verdict.UNDECIDED && tried.result().valid()) {
        problems.add(
            String.format(
                Locale.ROOT,
                "%.2f a second is not proven: too few queries in the time; give it more minutes.",
                qps));
        return found(OptionalDouble.empty());
      }
      qps *= budgets() > LAST_STEPS ? LAST_STEP_BACK : STEP_BACK;
      if (qps < LEAST_QPS || budgets() > AT_MOST) {
        problems.add(
            String.format(
                Locale.ROOT,
                "Probes held up to %.2f a second, and no deciding run did in the time.",
                holds));
        return found(OptionalDouble.empty());
      }
    }
  }

  private Tried probe(double qps) throws IOException, InterruptedException {
    return run(new Trial(qps, settings.probe(qps), nextSeed(), false));
  }

  private Tried run(Trial trial) throws IOException, InterruptedException {
    Tried tried = prober.run(trial);
    spent = spent.plus(tried.took());
    runs.add(tried.result());
    return tried;
  }

  /** So many times the budget is spent. */
  private double budgets() {
    return (double) spent.toMillis() / settings.budget().toMillis();
  }

  private long nextSeed() {
    return seed++;
  }

  private Found found(OptionalDouble maxQps) {
    return new Found(maxQps, runs, problems);
  }
}
