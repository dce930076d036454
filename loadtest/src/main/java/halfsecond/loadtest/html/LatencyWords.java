// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.html;

import halfsecond.loadtest.result.LatencyNames;

/** What a latency is called where people read it. */
final class LatencyWords {
  private LatencyWords() {}

  /** A name that is not known stays as it is. */
  static String of(String name) {
    return switch (name) {
      case LatencyNames.FINAL -> "final, from the end of speech";
      case LatencyNames.FINAL_UNCORRECTED -> "the same from when it was really sent";
      case LatencyNames.FINAL_FROM_LAST_WORD -> "final, from the end of the last word";
      case LatencyNames.FIRST_PARTIAL -> "first interim text, from the start";
      case LatencyNames.PARTIAL_GAP -> "between two interim texts";
      case LatencyNames.REFUSAL_AT_OPEN -> "refusal at the opening";
      case LatencyNames.FINAL_REPLAYED -> "final by a second attempt";
      default -> name;
    };
  }
}
