// SPDX-License-Identifier: Apache-2.0
package halfsecond.testing;

import halfsecond.common.concurrent.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Time that moves only when the test says so. Safe for use by any thread. */
public final class FakeTicker implements Ticker {
  // Not zero: code that takes zero for "never" must not pass by luck.
  private final AtomicLong nanos = new AtomicLong(Duration.ofHours(3).toNanos());

  @Override
  public long nanos() {
    return nanos.get();
  }

  public void advance(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
