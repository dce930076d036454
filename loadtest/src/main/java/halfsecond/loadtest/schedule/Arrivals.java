// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.schedule;

import java.util.Locale;

/** How queries are spread over time. */
public enum Arrivals {
  /** Independent speakers: exponential gaps. What capacity is stated for. */
  POISSON,
  /** Equal gaps. */
  FIXED;

  /** Its word in options and reports. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
