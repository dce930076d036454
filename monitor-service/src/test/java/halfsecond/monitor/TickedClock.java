// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor;

import static org.awaitility.Awaitility.await;

import java.lang.StackWalker.StackFrame;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A clock of one monitor that a test puts forward, and that knows when the monitor has looked at it
 * to exchange what is shared. Safe for use by any thread.
 */
final class TickedClock implements InstantSource {
  private static final String EXCHANGE = "monitor-exchange";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final AtomicInteger looks = new AtomicInteger();
  private volatile Instant now;

  TickedClock(Instant now) {
    this.now = now;
  }

  @Override
  public Instant instant() {
    if (Thread.currentThread().getName().startsWith(EXCHANGE) && isAskedByTheServer()) {
      looks.incrementAndGet();
    }
    return now;
  }

  void forward(Duration time) {
    now = now.plus(time);
  }

  /** Waits until the monitor has exchanged at this time what it was told before. */
  void awaitExchange() {
    int from = looks.get();
    // The second look comes after all that follows the first one.
    await("an exchange").atMost(PATIENCE).until(() -> looks.get() >= from + 2);
  }

  /** And not by the store, which writes when something changed. */
  private static boolean isAskedByTheServer() {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames
                    .skip(2)
                    .findFirst()
                    .map(StackFrame::getClassName)
                    .filter(name -> name.startsWith(MonitorServer.class.getName()))
                    .isPresent());
  }
}
