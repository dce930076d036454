// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

import java.time.Duration;

/**
 * How a clip is to be recognized.
 *
 * @param hypothesisInterval least time between two hypotheses, 20 ms to 1 s
 * @param maxAlternatives 1 to 10
 */
public record ClipSpec(Duration hypothesisInterval, int maxAlternatives, Priority priority) {
  /** Bounds and default of the interval. */
  public static final Duration MIN_HYPOTHESIS_INTERVAL = Duration.ofMillis(20);

  public static final Duration MAX_HYPOTHESIS_INTERVAL = Duration.ofSeconds(1);
  public static final Duration DEFAULT_HYPOTHESIS_INTERVAL = Duration.ofMillis(100);

  public ClipSpec {
    if (hypothesisInterval.compareTo(MIN_HYPOTHESIS_INTERVAL) < 0
        || hypothesisInterval.compareTo(MAX_HYPOTHESIS_INTERVAL) > 0) {
      throw new IllegalArgumentException("hypothesis interval must be 20 ms to 1 s");
    }
    if (maxAlternatives < 1 || maxAlternatives > Recognizer.MAX_ALTERNATIVES) {
      throw new IllegalArgumentException(
          "alternatives must be 1 to " + Recognizer.MAX_ALTERNATIVES);
    }
  }
}
