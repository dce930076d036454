// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

import org.jspecify.annotations.Nullable;

/** One clip's place in a {@link DecodeQueue}: what runs when its turn comes. */
final class Turn {
  private final Runnable task;

  /** Where it waits; null while it does not. Belongs to the {@link WaitingTurns} it waits in. */
  WaitingTurns.@Nullable Entry entry;

  /**
   * @param task must not throw
   */
  Turn(Runnable task) {
    this.task = task;
  }

  void run() {
    task.run();
  }
}
