// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

/**
 * A comparison that a version passed before it was installed. Word error rates are fractions, 0.05
 * for 5 %.
 *
 * @param name of the set of clips
 * @param clips how many
 * @param words in their reference texts
 * @param stockWordErrorRate of the version it was derived from
 * @param wordErrorRate of this version
 * @param allowedIncrease by how much the second may exceed the first
 */
public record ModelCheck(
    String name,
    int clips,
    int words,
    double stockWordErrorRate,
    double wordErrorRate,
    double allowedIncrease) {
  boolean passed() {
    return wordErrorRate <= stockWordErrorRate + allowedIncrease;
  }
}
