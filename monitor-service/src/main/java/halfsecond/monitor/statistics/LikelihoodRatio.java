// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.statistics;

/**
 * What one trial says for one rate against another. Added up, and begun anew whenever the sum falls
 * below 0, it is the fastest test for a change from the one to the other (Page 1954, Moustakides
 * 1986).
 */
public final class LikelihoodRatio {
  private LikelihoodRatio() {}

  /**
   * The logarithm of how much likelier the outcome is under {@code changed} than under {@code
   * base}.
   *
   * @param base rate without the change, above 0 and below 1
   * @param changed rate after it, above 0 and below 1
   */
  public static double log(boolean event, double base, double changed) {
    return event ? Math.log(changed / base) : Math.log1p(-changed) - Math.log1p(-base);
  }
}
