// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.search;

import java.util.Locale;

/** What a run says about its rate. */
public enum Verdict {
  /** The bound holds. */
  PASS,
  /** It does not, or the work that waits grows. */
  FAIL,
  /** Too little was seen, or the generator fell behind. */
  UNDECIDED;

  /** As reports say it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
