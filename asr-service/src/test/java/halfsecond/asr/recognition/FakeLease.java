// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

import java.util.concurrent.atomic.AtomicInteger;

/** Gives out one recognizer and counts what comes back. */
final class FakeLease implements ModelLease {
  final FakeRecognizer recognizer = new FakeRecognizer();
  final AtomicInteger acquired = new AtomicInteger();
  final AtomicInteger recycled = new AtomicInteger();
  final AtomicInteger discarded = new AtomicInteger();
  final AtomicInteger closed = new AtomicInteger();

  @Override
  public Recognizer acquire() {
    acquired.incrementAndGet();
    return recognizer;
  }

  @Override
  public void recycle(Recognizer returned) {
    recycled.incrementAndGet();
  }

  @Override
  public void discard(Recognizer returned) {
    discarded.incrementAndGet();
  }

  @Override
  public void close() {
    closed.incrementAndGet();
  }
}
