// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.plan;

/**
 * What the plan is for.
 *
 * @param rate utterances a second to carry, above 0
 * @param headroom on top of that, e.g. 0.2 for a fifth
 * @param utilisation of the cores that is planned with, above 0 and below 1
 * @param lostMachines that may be gone while all of it holds
 * @param coresPerMachine for the services
 * @param memoryPerMachine in bytes, for the services
 * @param routerCores of one router
 * @param vadCores of one voice activity detection
 * @param asrCores of one recognition replica: that many clips are decoded at the same time
 * @param pauseSeconds that a session stays open for each utterance beyond the utterance
 */
public record PlanSettings(
    double rate,
    double headroom,
    double utilisation,
    int lostMachines,
    int coresPerMachine,
    long memoryPerMachine,
    int routerCores,
    int vadCores,
    int asrCores,
    double pauseSeconds) {

  public PlanSettings {
    require(rate > 0, "the rate must be above 0");
    require(headroom >= 0, "the headroom must not be negative");
    require(utilisation > 0 && utilisation < 1, "the utilisation must be between 0 and 1");
    require(lostMachines >= 0, "the number of lost machines must not be negative");
    require(memoryPerMachine > 0, "a machine must have memory");
    int least = Math.min(routerCores, Math.min(vadCores, asrCores));
    require(least >= 1, "every service needs a core");
    require(
        coresPerMachine >= routerCores + vadCores + asrCores,
        "a machine of " + coresPerMachine + " cores does not hold one instance of each service");
    require(pauseSeconds >= 0, "the pause must not be negative");
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
