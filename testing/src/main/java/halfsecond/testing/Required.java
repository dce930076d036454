// SPDX-License-Identifier: Apache-2.0
package halfsecond.testing;

import org.junit.jupiter.api.Assumptions;

/**
 * What a test needs and the machine may lack: without it the test is skipped, or fails where the
 * build demands it.
 */
final class Required {
  private Required() {}

  /**
   * Ends the test.
   *
   * @param property the system property that is {@code true} where skipping is not allowed
   * @param reason what is missing and how to get it
   */
  static RuntimeException missing(String property, String reason) {
    if (Boolean.getBoolean(property)) {
      throw new AssertionError(reason + " (-D" + property + "=true does not let it be skipped)");
    }
    return Assumptions.abort(reason);
  }
}
