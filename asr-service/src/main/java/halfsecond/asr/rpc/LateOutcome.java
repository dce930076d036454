// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.rpc;

import java.util.Locale;

/** How a clip ended whose answer was due before all of it was decoded. */
enum LateOutcome {
  /** The complete answer was sent as well. */
  ANSWERED,
  /** The rest was dropped for the sake of other clips. */
  DROPPED,
  /** Decoding the rest failed. */
  FAILED,
  /** The caller did not wait for it. */
  CANCELLED;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
