// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.measure;

import halfsecond.loadtest.corpus.Corpus;
import halfsecond.loadtest.drive.Drive;
import halfsecond.loadtest.drive.Driver;
import halfsecond.loadtest.measure.StopRule.Decision;
import halfsecond.loadtest.schedule.Schedule;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/** Makes runs against one target, one after the other. For one thread. */
public final class Runner {
  private static final Duration GLANCE = Duration.ofMillis(250);

  private final Driver driver;
  private final Corpus corpus;
  private final Duration bound;
  private final Supplier<Map<String, Long>> processes;
  private final RunWatcher watcher;
  private final HistogramLogs logs;

  /**
   * @param bound on the final latency
   * @param processes of the server, ids by service; empty when they are not known
   * @param logs a folder for the histogram logs, which exists
   */
  public Runner(
      Driver driver,
      Corpus corpus,
      Duration bound,
      Supplier<Map<String, Long>> processes,
      RunWatcher watcher,
      Path logs) {
    this.driver = driver;
    this.corpus = corpus;
    this.bound = bound;
    this.processes = processes;
    this.watcher = watcher;
    this.logs = new HistogramLogs(logs);
  }

  /**
   * Makes one run to its end.
   *
   * @throws InterruptedException when the thread was; what is open is given up
   */
  public Finished run(RunPlan plan) throws IOException, InterruptedException {
    Schedule own = Schedule.generate(plan.schedule(), corpus.queries().size());
    Schedule schedule =
        plan.after()
            .map(next -> own.followedBy(Schedule.generate(next, corpus.queries().size())))
            .orElse(own);
    long ownNanos = plan.schedule().duration().toNanos();
    RunLog log = new RunLog(schedule, corpus, bound);
    ProcessWatch watch = new ProcessWatch(processes, new ProcFiles(Path.of("/proc")));
    double cpuBefore = ownCpuSeconds();
    try (Drive drive = driver.start(schedule, log)) {
      Stopped stopped = watch(plan, drive, log, watch);
      boolean whole = stopped.decision() == Decision.GO_ON;
      int left = whole ? drive.open() : 0;
      drive.close();
      double seconds = whole ? own.spanSeconds() : stopped.atNanos() / 1e9;
      RunFacts facts = new RunFacts(plan, seconds, left, ownCpuSeconds() - cpuBefore);
      RunSummary summary =
          new RunSummary(
              facts,
              log.outcomes().stream().filter(done -> done.startNanos() < ownNanos).toList(),
              log::within);
      Finished finished =
          new Finished(
              summary.result(drive.lateMicros(), watch.use()),
              whole ? log.standingAtEnd() : log.standing(stopped.atNanos()),
              log.backlog(whole ? ownNanos : stopped.atNanos()),
              log.late(),
              log.outcomes());
      logs.write(plan, finished, drive.lateMicros());
      return finished;
    }
  }

  /**
   * When and how a run was ended; GO_ON for one that was made to its end.
   *
   * @param atNanos of the run; no query that was due by then was left out
   */
  private record Stopped(Decision decision, long atNanos) {}

  private Stopped watch(RunPlan plan, Drive drive, RunLog log, ProcessWatch processes)
      throws InterruptedException {
    Stopped stopped = new Stopped(Decision.GO_ON, 0);
    long second = 0;
    while (!drive.await(GLANCE)) {
      long now = Math.max(0, drive.nanos());
      Standing standing = log.standing(now);
      if (now / 1_000_000_000L > second) {
        second = now / 1_000_000_000L;
        processes.sample();
        watcher.second(plan, standing, drive.startedSoFar(), drive.open());
      }
      if (stopped.decision() == Decision.GO_ON && now < plan.schedule().duration().toNanos()) {
        stopped = new Stopped(plan.stop().decide(standing, () -> log.backlog(now)), now);
        if (stopped.decision() == Decision.ABANDON) {
          break;
        }
        if (stopped.decision() == Decision.STOP) {
          drive.stopStarting();
        }
      }
    }
    processes.sample();
    return stopped;
  }

  private static double ownCpuSeconds() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean own
        ? own.getProcessCpuTime() / 1e9
        : 0;
  }
}
