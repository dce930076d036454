// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

import java.time.Duration;
import java.util.Optional;

/**
 * Decides when the engine is asked for its text so far, and when that text is worth telling. Not
 * thread-safe.
 */
final class HypothesisPacer {
  /**
   * The text is never older than this while audio is decoded, whatever interval the caller asked
   * for.
   */
  private static final long MAX_AGE_NANOS = Duration.ofMillis(300).toNanos();

  /** The text that is to be the answer in a moment is not older than this. */
  private static final long URGENT_AGE_NANOS = Duration.ofMillis(20).toNanos();

  private final long intervalNanos;
  private long askedNanos;
  private long toldNanos;
  private Hypothesis latest = Hypothesis.NONE;
  private String told = "";

  HypothesisPacer(Duration interval, long nowNanos) {
    intervalNanos = interval.toNanos();
    // The first text is told as soon as there is one.
    askedNanos = nowNanos - MAX_AGE_NANOS;
    toldNanos = nowNanos - intervalNanos;
  }

  boolean isDue(long nowNanos) {
    return nowNanos - askedNanos >= Math.min(intervalNanos, MAX_AGE_NANOS);
  }

  boolean isDueUrgently(long nowNanos) {
    return nowNanos - askedNanos >= URGENT_AGE_NANOS;
  }

  /** Takes the engine's text; gives a hypothesis if it is to be told now. */
  Optional<Hypothesis> take(String text, long processedSamples, long nowNanos) {
    askedNanos = nowNanos;
    latest = latest.next(text, processedSamples);
    if (text.equals(told) || nowNanos - toldNanos < intervalNanos) {
      return Optional.empty();
    }
    told = text;
    toldNanos = nowNanos;
    return Optional.of(latest);
  }

  Hypothesis latest() {
    return latest;
  }
}
