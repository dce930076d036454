// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.vosk;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Native objects of one kind that are alive, and how many of them were ever lost by their owner.
 * Safe for use by any thread.
 */
final class HandleCount {
  private final String kind;
  private final AtomicInteger live = new AtomicInteger();
  private final AtomicInteger leaked = new AtomicInteger();

  HandleCount(String kind) {
    this.kind = kind;
  }

  String kind() {
    return kind;
  }

  int live() {
    return live.get();
  }

  int everLeaked() {
    return leaked.get();
  }

  void opened() {
    live.incrementAndGet();
  }

  void closed() {
    live.decrementAndGet();
  }

  void leaked() {
    leaked.incrementAndGet();
  }
}
