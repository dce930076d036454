// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.lifecycle;

import halfsecond.common.config.ConfigReader;
import java.time.Duration;

/**
 * How long a stop may take.
 *
 * @param propagationDelay how long a server goes on serving after its health says that it will not,
 *     so that callers look elsewhere before they are refused
 * @param grace how long open calls may take to end before they are cut
 */
public record StopTiming(Duration propagationDelay, Duration grace) {
  private static final Duration MAX = Duration.ofMinutes(10);
  private static final Duration DEFAULT_GRACE = Duration.ofSeconds(10);

  public StopTiming {
    if (propagationDelay.isNegative() || grace.isNegative()) {
      throw new IllegalArgumentException("a stop cannot take negative time");
    }
  }

  /** Reads {@code propagation-delay} and {@code grace}; both may be left out. */
  public static StopTiming from(ConfigReader reader, Duration defaultDelay) {
    return new StopTiming(
        reader.optionalDuration("propagation-delay", Duration.ZERO, MAX).orElse(defaultDelay),
        reader.optionalDuration("grace", Duration.ZERO, MAX).orElse(DEFAULT_GRACE));
  }
}
