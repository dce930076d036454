// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class NamedThreadsTest {
  @Test
  void namesItsThreads() throws Exception {
    ExecutorService pool = NamedThreads.fixed("decode", 1);

    assertThat(pool.submit(() -> Thread.currentThread().getName()).get(10, TimeUnit.SECONDS))
        .isEqualTo("decode-1");
    NamedThreads.closing(pool, Duration.ofSeconds(5)).close();
  }

  @Test
  void runsInTheCallerWhenABoundedPoolIsFull() throws Exception {
    ExecutorService pool = NamedThreads.bounded("callbacks", 1, 1);
    CountDownLatch release = new CountDownLatch(1);
    AtomicReference<Thread> ranOn = new AtomicReference<>();
    pool.execute(() -> await(release));
    pool.execute(() -> {});

    pool.execute(() -> ranOn.set(Thread.currentThread()));

    assertThat(ranOn).hasValue(Thread.currentThread());
    release.countDown();
    NamedThreads.closing(pool, Duration.ofSeconds(5)).close();
    assertThatExceptionOfType(RejectedExecutionException.class)
        .isThrownBy(() -> pool.execute(() -> {}));
  }

  @Test
  void interruptsWhatDoesNotEndWithinTheGrace() throws Exception {
    ExecutorService pool = NamedThreads.fixed("stuck", 1);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    pool.execute(
        () -> {
          begun.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            interrupted.countDown();
          }
        });
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

    NamedThreads.closing(pool, Duration.ofMillis(1)).close();

    assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void forgetsCancelledTimers() throws Exception {
    ScheduledExecutorService pool = NamedThreads.timer("timer");
    Scheduler scheduler = Scheduler.on(pool);
    CountDownLatch ran = new CountDownLatch(1);

    scheduler.after(Duration.ofHours(1), () -> {}).cancel();
    scheduler.after(
        Duration.ZERO,
        () -> {
          ran.countDown();
        });

    assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(pool.shutdownNow()).isEmpty();
  }

  @Test
  void keepsTheTimerAliveWhenATaskThrows() throws Exception {
    ScheduledExecutorService pool = NamedThreads.timer("timer");
    Scheduler scheduler = Scheduler.on(pool);
    CountDownLatch ran = new CountDownLatch(1);

    scheduler.after(
        Duration.ZERO,
        () -> {
          throw new IllegalStateException("expected by the test");
        });
    scheduler.after(Duration.ofMillis(1), ran::countDown);

    assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
    pool.shutdownNow();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
