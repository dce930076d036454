// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.search;

import halfsecond.loadtest.measure.Standing;
import halfsecond.loadtest.measure.StopRule;
import halfsecond.loadtest.measure.StopRule.Decision;
import halfsecond.loadtest.schedule.Arrivals;
import halfsecond.loadtest.schedule.Schedule;
import halfsecond.loadtest.schedule.SchedulePlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A server in virtual time: {@code servers} that each take {@code service} for a query, first come
 * first served (M/D/c). What a run shows is judged as a real one is.
 */
final class QueueProber implements Prober {
  private final int servers;
  private final double service;
  private final double bound;
  private final Judge judge;

  QueueProber(int servers, double service, double bound, EarlyStopping rule) {
    this.servers = servers;
    this.service = service;
    this.bound = bound;
    this.judge = new Judge(rule);
  }

  @Override
  public Tried run(Trial trial) {
    SchedulePlan plan =
        new SchedulePlan(
            Arrivals.POISSON, trial.qps(), trial.length(), Duration.ZERO, trial.seed());
    double[] arrivals = arrivals(plan);
    double[] ends = serve(arrivals);
    double length = trial.length().toMillis() / 1e3;
    StopRule stop = trial.deciding() ? judge.deciding(trial.qps() * length) : judge.probing();
    int[] late = lateSoFar(arrivals, ends);
    double end = length;
    for (double now = 0.25; now < length; now += 0.25) {
      double at = now;
      if (stop.decide(standing(arrivals, late, at), () -> backlog(arrivals, ends, at))
          != Decision.GO_ON) {
        end = at;
        break;
      }
    }
    Standing last = standing(arrivals, late, end == length ? length + bound : end);
    List<Integer> backlog = backlog(arrivals, ends, end);
    Verdict verdict =
        trial.deciding()
            ? judge.decide(last, backlog, lateOnes(arrivals, ends))
            : judge.probe(last, backlog);
    return new Tried(
        verdict,
        judge.isHopeless(last),
        Duration.ofMillis(Math.round(1e3 * end)),
        Results.of(trial, verdict));
  }

  /** Of so many queries that chance does not matter. */
  double lateShare(double qps) {
    Duration length = Duration.ofSeconds(Math.round(100_000 / qps));
    SchedulePlan plan = new SchedulePlan(Arrivals.POISSON, qps, length, Duration.ZERO, 999_999);
    double[] arrivals = arrivals(plan);
    double[] ends = serve(arrivals);
    int late = 0;
    for (int i = 0; i < arrivals.length; i++) {
      late += ends[i] - arrivals[i] > bound ? 1 : 0;
    }
    return (double) late / arrivals.length;
  }

  private static double[] arrivals(SchedulePlan plan) {
    return Schedule.generate(plan, 1).arrivals().stream()
        .mapToDouble(arrival -> arrival.startNanos() / 1e9)
        .toArray();
  }

  private double[] serve(double[] arrivals) {
    double[] free = new double[servers];
    double[] ends = new double[arrivals.length];
    for (int i = 0; i < arrivals.length; i++) {
      Arrays.sort(free);
      free[0] = Math.max(free[0], arrivals[i]) + service;
      ends[i] = free[0];
    }
    return ends;
  }

  private List<Boolean> lateOnes(double[] arrivals, double[] ends) {
    return IntStream.range(0, ends.length).mapToObj(i -> ends[i] - arrivals[i] > bound).toList();
  }

  /** Late ones among the first so many queries. */
  private int[] lateSoFar(double[] arrivals, double[] ends) {
    int[] late = new int[ends.length + 1];
    for (int i = 0; i < ends.length; i++) {
      late[i + 1] = late[i] + (ends[i] - arrivals[i] > bound ? 1 : 0);
    }
    return late;
  }

  private Standing standing(double[] arrivals, int[] late, double now) {
    int found = Arrays.binarySearch(arrivals, now - bound);
    int settled = found < 0 ? -found - 1 : found + 1;
    return new Standing(now, settled, late[settled], settled, 0, 0, 0);
  }

  private static List<Integer> backlog(double[] arrivals, double[] ends, double until) {
    List<Integer> backlog = new ArrayList<>();
    for (int second = 1; second <= until; second++) {
      int waiting = 0;
      for (int i = 0; i < arrivals.length; i++) {
        waiting += arrivals[i] <= second && ends[i] > second ? 1 : 0;
      }
      backlog.add(waiting);
    }
    return backlog;
  }
}
