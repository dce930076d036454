// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.backend;

import java.util.Locale;

/** Why a replica is left out for a while. */
public enum EjectionCause {
  /** Its streams ended with errors, again and again. */
  ERRORS,
  /** It held a clip and made no progress. */
  HUNG,
  /** It was far slower than the others. */
  SLOW;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
