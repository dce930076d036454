// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.record;

/**
 * Which model answered and how it came to be chosen.
 *
 * @param version {@code name@version}
 * @param rule of the router's table, may be empty
 * @param probability with which the rule chose this version, above 0 to 1
 * @param rolloutId may be empty
 * @param arm may be empty
 * @param shadow only compared, never sent to a client
 */
public record ModelChoice(
    String version, String rule, double probability, String rolloutId, String arm, boolean shadow) {
  public ModelChoice {
    Limits.modelVersion("model.model_version", version);
    Limits.name("model.rule", rule);
    Limits.check(probability > 0 && probability <= 1, "model.probability", "above 0 to 1");
    Limits.name("model.rollout_id", rolloutId);
    Limits.name("model.arm", arm);
  }
}
