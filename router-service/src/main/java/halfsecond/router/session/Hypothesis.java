// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

/**
 * The text so far.
 *
 * @param stability 0 to 1
 * @param processedSamples the samples of the clip that it covers
 */
public record Hypothesis(String transcript, float stability, long processedSamples) {
  /** Without the words: they are not for logs. */
  @Override
  public String toString() {
    return "Hypothesis[" + processedSamples + "]";
  }
}
