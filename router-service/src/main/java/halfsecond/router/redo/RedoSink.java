// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.redo;

/** Takes redos. Called by many sessions at once. */
@FunctionalInterface
public interface RedoSink {
  /** Takes it or drops it; never blocks, never throws. */
  void offer(Redo redo);
}
