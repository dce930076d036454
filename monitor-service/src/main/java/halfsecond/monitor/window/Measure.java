// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.window;

/** What is kept as a distribution. Times are in seconds. */
public enum Measure {
  CLIP,
  VAD_LATENCY,
  ROUTE_LATENCY,
  ASR_LATENCY,
  DELIVER_LATENCY,
  TOTAL_LATENCY,
  REAL_TIME_FACTOR,
  CONFIDENCE,
  WORDS_PER_SECOND
}
