// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.plan;

/**
 * The largest rate that one machine is simulated to carry with 99 % of the answers within the
 * budget and at most 1 % refused. All services share its cores: what router and voice activity
 * detection take is added to the cost of recognition.
 */
final class SimulatedKnee {
  private static final double SHARE = 0.99;
  private static final double PRECISION = 1.01;

  private final Costs costs;
  private final int cores;
  private final double seconds;
  private final long seed;

  SimulatedKnee(Costs costs, int cores, double seconds, long seed) {
    this.costs = shared(costs);
    this.cores = cores;
    this.seconds = seconds;
    this.seed = seed;
  }

  /** Utterances a second, to one in a hundred; with admission as it is, or without any. */
  double find(boolean admission) {
    double most = cores / (costs.asrCpuMillis() / 1000) * 1.2;
    double least = most / 100;
    while (most / least > PRECISION) {
      double rate = Math.sqrt(most * least);
      if (holds(rate, admission)) {
        least = rate;
      } else {
        most = rate;
      }
    }
    return least;
  }

  private boolean holds(double rate, boolean admission) {
    SimulationSettings settings = SimulationSettings.of(costs, rate, seconds);
    settings = settings.withMachines(1, 1, cores);
    if (!admission) {
      settings = settings.withAdmission(Double.POSITIVE_INFINITY, true);
    }
    SimulationResult result = new CapacitySimulation(settings, seed).run();
    return result.within() >= SHARE && result.refusedShare() <= 1 - SHARE;
  }

  private static Costs shared(Costs costs) {
    double all = costs.asrCpuMillis() + costs.routerCpuMillis() + costs.vadCpuMillis();
    return new Costs(
        costs.routerCpuMillis(),
        costs.vadCpuMillis(),
        all,
        costs.finishMillis(),
        costs.blockSpread(),
        costs.overheadMillis(),
        costs.utteranceSeconds(),
        costs.lengthsSeconds(),
        costs.routerBaseBytes(),
        costs.vadBaseBytes(),
        costs.asrBaseBytes(),
        costs.routerSessionBytes(),
        costs.vadSessionBytes(),
        costs.asrClipBytes());
  }
}
