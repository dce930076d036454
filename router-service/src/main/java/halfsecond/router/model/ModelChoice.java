// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.model;

/**
 * The version chosen for one utterance.
 *
 * @param version e.g. "en-small@2"
 * @param rule the rule that chose it
 * @param probability with which that rule chooses this version: above 0 to 1
 */
public record ModelChoice(String version, String rule, double probability) {
  public ModelChoice {
    if (!(probability > 0 && probability <= 1)) {
      throw new IllegalArgumentException("probability must be above 0 and at most 1");
    }
  }
}
