// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.plan;

/**
 * What a simulation found about the utterances that were counted. Latencies are milliseconds from
 * the end of speech to the final; NaN when there was none.
 *
 * @param answered got a final
 * @param refused by admission
 * @param cut lost with the router that held their stream
 * @param replayed answered by a second replica after theirs was lost
 * @param utilisation of the cores of recognition, 0 to 1
 * @param within share of the answers within the budget
 * @param replayedP99 of the replayed alone
 * @param meanOpen utterances in the system on average
 * @param meanSeconds that an utterance was in it on average
 * @param arrivalRate of admitted utterances, a second
 */
public record SimulationResult(
    long answered,
    long refused,
    long cut,
    long replayed,
    double utilisation,
    double mean,
    double p50,
    double p99,
    double p999,
    double max,
    double within,
    double replayedP99,
    double meanOpen,
    double meanSeconds,
    double arrivalRate) {

  /** Share of what arrived that was refused. */
  public double refusedShare() {
    long all = answered + refused + cut;
    return all == 0 ? 0 : (double) refused / all;
  }
}
