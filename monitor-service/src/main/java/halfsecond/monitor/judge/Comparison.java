// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

/**
 * A day beside the reference.
 *
 * @param count values of the day
 * @param before mean or rate of the reference
 * @param after that of the day
 * @param effect of a level Wasserstein's distance in standard deviations of the reference, of a
 *     rate the difference of the rates
 * @param error standard error of the effect, in its unit
 * @param least effect that is worth an alarm
 * @param pValue that such a difference would come about without a change
 * @param referenceCount values that the reference rests on
 */
record Comparison(
    long count,
    double before,
    double after,
    double effect,
    double error,
    double least,
    double pValue,
    long referenceCount) {
  /** Large enough to matter and, corrected for all that is compared at once, no chance. */
  boolean changed(double correctedPValue, double significance) {
    return Math.abs(effect) >= least && correctedPValue < significance;
  }
}
