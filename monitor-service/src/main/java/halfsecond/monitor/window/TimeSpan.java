// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.window;

import java.time.Instant;

/** A stretch of event time, from {@code start} to before {@code end}; empty if they are equal. */
public record TimeSpan(Instant start, Instant end) {
  public TimeSpan {
    if (end.isBefore(start)) {
      throw new IllegalArgumentException("a time span cannot end before it starts");
    }
  }
}
