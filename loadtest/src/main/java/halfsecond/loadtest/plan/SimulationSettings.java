// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.plan;

import java.util.List;

/**
 * What is simulated. Times are seconds, costs milliseconds of one core.
 *
 * @param rate of Poisson arrivals, utterances a second
 * @param seconds for which utterances arrive
 * @param warmup at the start that is not counted
 * @param lengths of utterances to draw from; at least one; 0 for nothing but a finish
 * @param blockSeconds of audio that arrive at a time
 * @param cpuPerSecond CPU seconds for a second of audio, without the finish
 * @param finishMillis mean cost after the last block
 * @param spread standard deviation over mean of all costs (gamma distributed; 0: constant, 1:
 *     exponential)
 * @param endpointWait from the end of speech until it is known that it was one
 * @param overheadMillis added to each final latency
 * @param budget final latency that is promised
 * @param admission share of the cores that admitted utterances may take; infinite: all come in
 * @param deadlineFirst finishing clips before others, the earliest deadline first; else the first
 *     block that came
 * @param machines at least one
 * @param replicasPerMachine at least one
 * @param coresPerReplica clips decoded at the same time
 * @param loseMachineAt when the first machine is lost; infinite: never
 * @param detection until the loss is noticed and its clips are replayed
 */
public record SimulationSettings(
    double rate,
    double seconds,
    double warmup,
    List<Double> lengths,
    double blockSeconds,
    double cpuPerSecond,
    double finishMillis,
    double spread,
    double endpointWait,
    double overheadMillis,
    double budget,
    double admission,
    boolean deadlineFirst,
    int machines,
    int replicasPerMachine,
    int coresPerReplica,
    double loseMachineAt,
    double detection) {

  public SimulationSettings {
    lengths = List.copyOf(lengths);
    require(rate > 0, "the rate must be above 0");
    require(seconds > warmup && warmup >= 0, "the warm-up must be shorter than the simulation");
    require(!lengths.isEmpty(), "there must be a length to draw");
    require(lengths.stream().allMatch(length -> length >= 0), "a length must not be negative");
    require(blockSeconds > 0, "a block must have a length");
    require(cpuPerSecond >= 0 && finishMillis >= 0 && spread >= 0, "costs must not be negative");
    require(endpointWait >= 0 && overheadMillis >= 0 && detection >= 0, "waits are not negative");
    require(admission > 0, "the admission must be above 0");
    require(machines >= 1 && replicasPerMachine >= 1 && coresPerReplica >= 1, "a core is needed");
    require(machines > 1 || Double.isInfinite(loseMachineAt), "the only machine cannot be lost");
  }

  /** One machine with one replica of one core, waits and admission as the services have them. */
  public static SimulationSettings of(Costs costs, double rate, double seconds) {
    List<Double> lengths =
        costs.lengthsSeconds().isEmpty()
            ? List.of(costs.utteranceSeconds())
            : costs.lengthsSeconds();
    double decode = (costs.asrCpuMillis() - costs.finishMillis()) / 1000;
    return new SimulationSettings(
        rate,
        seconds,
        Math.min(20, seconds / 4),
        lengths,
        0.1,
        decode / costs.utteranceSeconds(),
        costs.finishMillis(),
        costs.blockSpread(),
        0.2,
        costs.overheadMillis(),
        0.5,
        0.8,
        true,
        1,
        1,
        1,
        Double.POSITIVE_INFINITY,
        0.4);
  }

  /** The same on other machines. */
  public SimulationSettings withMachines(int count, int replicas, int cores) {
    return changed(admission, deadlineFirst, count, replicas, cores, loseMachineAt);
  }

  /** The same with a machine lost at this second; what ends from then on is counted. */
  public SimulationSettings withLoss(double second) {
    return changed(admission, deadlineFirst, machines, replicasPerMachine, coresPerReplica, second);
  }

  /** The same with other admission and order of decoding. */
  public SimulationSettings withAdmission(double share, boolean byDeadline) {
    return changed(share, byDeadline, machines, replicasPerMachine, coresPerReplica, loseMachineAt);
  }

  private SimulationSettings changed(
      double share, boolean byDeadline, int count, int replicas, int cores, double lost) {
    return new SimulationSettings(
        rate,
        seconds,
        warmup,
        lengths,
        blockSeconds,
        cpuPerSecond,
        finishMillis,
        spread,
        endpointWait,
        overheadMillis,
        budget,
        share,
        byDeadline,
        count,
        replicas,
        cores,
        lost,
        detection);
  }

  /** CPU seconds that an utterance takes for each second of its audio, the finish included. */
  double realTimeFactor() {
    double mean = lengths.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    return mean > 0 ? cpuPerSecond + finishMillis / 1000 / mean : 0;
  }

  /** Utterances that end from here on are counted. */
  double countedFrom() {
    return Double.isInfinite(loseMachineAt) ? warmup : loseMachineAt;
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
