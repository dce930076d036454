// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SerialExecutorTest {
  private final ExecutorService threads = NamedThreads.fixed("serial-test", 4);
  private final List<Throwable> failures = new ArrayList<>();
  private final ArrayDeque<Runnable> pool = new ArrayDeque<>();

  @AfterEach
  void stopThreads() {
    threads.shutdownNow();
  }

  @Test
  void runsTasksOfManyThreadsInOrderAndNeverTwoAtOnce() throws Exception {
    SerialExecutor serial = new SerialExecutor(threads, failures::add);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger overlaps = new AtomicInteger();
    // Not thread-safe on purpose: the executor's sequence is what protects it.
    List<int[]> seen = new ArrayList<>();
    int writers = 4;
    int each = 5_000;
    CountDownLatch done = new CountDownLatch(writers * each);

    List<Thread> threadsOfWriters =
        IntStream.range(0, writers)
            .mapToObj(
                writer ->
                    new Thread(
                        () -> {
                          for (int i = 0; i < each; i++) {
                            int number = i;
                            serial.execute(
                                () -> {
                                  if (running.incrementAndGet() != 1) {
                                    overlaps.incrementAndGet();
                                  }
                                  seen.add(new int[] {writer, number});
                                  running.decrementAndGet();
                                  done.countDown();
                                });
                          }
                        }))
            .toList();
    threadsOfWriters.forEach(Thread::start);

    assertThat(done.await(50, TimeUnit.SECONDS)).isTrue();
    assertThat(overlaps).hasValue(0);
    for (int writer = 0; writer < writers; writer++) {
      int w = writer;
      assertThat(seen.stream().filter(entry -> entry[0] == w).map(entry -> entry[1]))
          .isEqualTo(IntStream.range(0, each).boxed().toList());
    }
  }

  @Test
  void letsOtherSessionsRunAfterABatch() {
    List<String> order = new ArrayList<>();
    SerialExecutor busy = new SerialExecutor(pool::add, 2, failures::add);
    SerialExecutor other = new SerialExecutor(pool::add, 2, failures::add);
    for (int i = 0; i < 5; i++) {
      busy.execute(() -> order.add("busy"));
    }
    other.execute(() -> order.add("other"));

    runPool();

    assertThat(order).containsExactly("busy", "busy", "other", "busy", "busy", "busy");
  }

  @Test
  void reportsWhatATaskThrowsAndGoesOn() {
    List<String> order = new ArrayList<>();
    SerialExecutor serial = new SerialExecutor(pool::add, failures::add);
    IllegalStateException thrown = new IllegalStateException();
    serial.execute(
        () -> {
          throw thrown;
        });
    serial.execute(() -> order.add("after"));

    runPool();

    assertThat(failures).containsExactly(thrown);
    assertThat(order).containsExactly("after");
  }

  @Test
  void tellsTheCallerWhenThePoolRefusesAndTakesWorkAgainLater() {
    List<String> order = new ArrayList<>();
    boolean[] refuse = {true};
    SerialExecutor serial =
        new SerialExecutor(
            task -> {
              if (refuse[0]) {
                throw new RejectedExecutionException("full");
              }
              pool.add(task);
            },
            failures::add);

    assertThatExceptionOfType(RejectedExecutionException.class)
        .isThrownBy(() -> serial.execute(() -> order.add("refused")));
    refuse[0] = false;
    serial.execute(() -> order.add("accepted"));
    runPool();

    assertThat(order).containsExactly("accepted");
    assertThat(failures).isEmpty();
  }

  @Test
  void finishesAcceptedWorkWhenThePoolStopsInBetween() {
    List<Integer> order = new ArrayList<>();
    int[] accepted = {1};
    SerialExecutor serial =
        new SerialExecutor(
            task -> {
              if (accepted[0]-- <= 0) {
                throw new RejectedExecutionException("stopped");
              }
              pool.add(task);
            },
            2,
            failures::add);
    for (int i = 0; i < 7; i++) {
      int number = i;
      serial.execute(() -> order.add(number));
    }

    runPool();

    assertThat(order).containsExactly(0, 1, 2, 3, 4, 5, 6);
    assertThat(serial.backlog()).isZero();
  }

  @Test
  void doesNotGrowTheStackOnAPoolThatRunsTasksInTheCaller() {
    AtomicInteger depth = new AtomicInteger();
    AtomicInteger count = new AtomicInteger();
    SerialExecutor serial = new SerialExecutor(Runnable::run, 1, failures::add);

    serial.execute(
        () -> {
          for (int i = 0; i < 20_000; i++) {
            serial.execute(
                () -> {
                  count.incrementAndGet();
                  depth.set(Math.max(depth.get(), Thread.currentThread().getStackTrace().length));
                });
          }
        });

    assertThat(count).hasValue(20_000);
    assertThat(depth.get()).isLessThan(150);
    assertThat(failures).isEmpty();
  }

  private void runPool() {
    for (Runnable task = pool.poll(); task != null; task = pool.poll()) {
      task.run();
    }
  }
}
