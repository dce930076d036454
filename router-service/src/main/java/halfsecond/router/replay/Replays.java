// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.replay;

import halfsecond.common.concurrent.Ticker;
import halfsecond.router.audio.AudioMemory;

/**
 * What all sessions share for replays.
 *
 * @param memory what the audio of all sessions takes
 */
public record Replays(
    ReplayLimits limits, RetryBudget retries, Quarantine quarantine, AudioMemory memory) {
  private static final int MOST_QUARANTINED = 1_000;

  /**
   * With nothing replayed yet.
   *
   * @param retryBudget the share of utterances that may be replayed for slowness or saturation
   * @param memoryBytes what the audio of all sessions may take before new ones are refused
   */
  public static Replays of(
      ReplayLimits limits, double retryBudget, long memoryBytes, Ticker ticker) {
    return new Replays(
        limits,
        new RetryBudget(retryBudget),
        new Quarantine(ticker, limits.quarantine(), MOST_QUARANTINED),
        new AudioMemory(memoryBytes));
  }
}
