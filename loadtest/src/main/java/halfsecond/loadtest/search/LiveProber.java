// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.search;

import halfsecond.loadtest.measure.Finished;
import halfsecond.loadtest.measure.RunPlan;
import halfsecond.loadtest.measure.Runner;
import halfsecond.loadtest.schedule.Arrivals;
import halfsecond.loadtest.schedule.SchedulePlan;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Makes the runs of a search against a real target, in real time. */
public final class LiveProber implements Prober {
  private final Runner runner;
  private final Judge judge;
  private final Arrivals arrivals;

  public LiveProber(Runner runner, Judge judge, Arrivals arrivals) {
    this.runner = runner;
    this.judge = judge;
    this.arrivals = arrivals;
  }

  @Override
  public Tried run(Trial trial) throws IOException, InterruptedException {
    long began = System.nanoTime();
    SchedulePlan schedule =
        new SchedulePlan(arrivals, trial.qps(), trial.length(), Duration.ZERO, trial.seed());
    double expected = trial.qps() * trial.length().toNanos() / 1e9;
    Finished run =
        runner.run(
            new RunPlan(
                trial.deciding() ? "deciding" : "probe",
                schedule,
                Optional.empty(),
                trial.deciding() ? judge.deciding(expected) : judge.probing()));
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    Verdict verdict =
        trial.deciding()
            ? judge.decide(run.standing(), run.backlog(), run.late())
            : judge.probe(run.standing(), run.backlog());
    boolean missed = judge.isHopeless(run.standing());
    if (!run.result().valid() && !missed) {
      verdict = Verdict.UNDECIDED;
    }
    return new Tried(verdict, missed, took, run.result().withVerdict(verdict.word()));
  }
}
