// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.record;

/**
 * Interim results of one utterance: how many were sent and dropped, and how many of their words did
 * not last.
 */
public record PartialStatistics(int sent, int dropped, int retractedWords) {
  public PartialStatistics {
    Limits.between("partials.sent", sent, 0, 10_000);
    Limits.between("partials.dropped", dropped, 0, 10_000);
    Limits.between("partials.retracted_words", retractedWords, 0, 100_000);
  }
}
