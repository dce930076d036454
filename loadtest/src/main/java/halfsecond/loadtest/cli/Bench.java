// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.cli;

import halfsecond.loadtest.corpus.Corpus;
import halfsecond.loadtest.drive.Driver;
import halfsecond.loadtest.measure.Finished;
import halfsecond.loadtest.measure.RunPlan;
import halfsecond.loadtest.measure.Runner;
import halfsecond.loadtest.schedule.SchedulePlan;
import halfsecond.loadtest.targets.OpenTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** One target that is open and warm, and what makes runs against it. Closing it stops it. */
final class Bench implements AutoCloseable {
  private final OpenTarget open;
  private final Runner runner;

  private Bench(OpenTarget open, Runner runner) {
    this.open = open;
    this.runner = runner;
  }

  /**
   * Opens the target and speaks to it a little first: code is loaded and compiled then, models are
   * in memory, connections are up.
   *
   * @param warmQps the rate of the warm-up
   * @param folder for the histogram logs of this target
   * @throws IllegalArgumentException for a target or options that cannot be
   */
  static Bench open(
      LoadtestContext context,
      LoadOptions options,
      String target,
      Corpus corpus,
      LiveLine live,
      double warmQps,
      Path folder)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    OpenTarget open = context.inventory().open(target, options.target(), context.servers());
    boolean warm = false;
    try {
      Driver driver = new Driver(options.driving(), open.target(), corpus);
      Bench bench =
          new Bench(
              open, new Runner(driver, corpus, options.bound(), open.processes(), live, folder));
      if (!options.warmUp().isZero()) {
        bench.warmUp(options, warmQps);
      }
      warm = true;
      return bench;
    } finally {
      if (!warm) {
        open.close();
      }
    }
  }

  OpenTarget target() {
    return open;
  }

  Runner runner() {
    return runner;
  }

  @Override
  public void close() {
    open.close();
  }

  private void warmUp(LoadOptions options, double qps) throws IOException, InterruptedException {
    // Another seed than any run has, or its first queries would be known already.
    SchedulePlan plan =
        new SchedulePlan(options.arrivals(), qps, options.warmUp(), Duration.ZERO, ~options.seed());
    Finished warm = runner.run(RunPlan.whole("warmup", plan));
    if (warm.result().counts().scheduled() > 0 && warm.result().counts().answered() == 0) {
      throw new IOException(
          open.target().name()
              + " answered none of "
              + warm.result().counts().scheduled()
              + " queries of the warm-up: "
              + warm.result().counts().failures());
    }
  }
}
