// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.rpc;

import halfsecond.asr.recognition.ClipResult;
import java.util.Locale;

/** How a clip ended. */
enum Outcome {
  /** With words. */
  TEXT,
  /** All was decoded and no words were in it. */
  EMPTY,
  /** Words were withheld as noise. */
  REJECTED,
  /** The time to finish ran out. */
  DEADLINE,
  /** Refused or failed. */
  FAILED,
  /** The caller gave it up. */
  CANCELLED;

  static Outcome of(ClipResult result) {
    if (!result.complete()) {
      return DEADLINE;
    }
    if (result.rejected()) {
      return REJECTED;
    }
    return result.recognition().best().transcript().isEmpty() ? EMPTY : TEXT;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
