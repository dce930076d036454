// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import java.util.ArrayDeque;

/**
 * Events that wait for the receiver's credit, as gRPC's flow control makes them; one credit from
 * the start.
 */
final class Flow {
  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
  private int credits = 1;
  private boolean cut;

  void emit(Runnable event) {
    waiting.addLast(event);
    drain();
  }

  void next() {
    credits++;
    drain();
  }

  /** Nothing more arrives. */
  void cut() {
    cut = true;
    waiting.clear();
  }

  int waiting() {
    return waiting.size();
  }

  private void drain() {
    while (!cut && credits > 0 && !waiting.isEmpty()) {
      credits--;
      waiting.removeFirst().run();
    }
  }
}
