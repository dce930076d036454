// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class DecodeQueueTest {
  private final List<String> ran = new CopyOnWriteArrayList<>();
  private final CountDownLatch gate = new CountDownLatch(1);

  @Test
  void servesTheMostUrgentFirstAndEqualsInTurn() {
    try (DecodeQueue queue = held()) {
      queue.submit(task("batch"), DecodeRank.BATCH);
      queue.submit(task("live 1"), DecodeRank.LIVE);
      queue.submit(task("live 2"), DecodeRank.LIVE);
      queue.submit(task("finishing"), DecodeRank.LIVE_FINISHING);
      queue.submit(task("batch finishing"), DecodeRank.BATCH_FINISHING);
      queue.submit(task("releasing"), DecodeRank.RELEASING);
      gate.countDown();

      await("all ran").until(() -> ran.size() == 6);
      assertThat(ran)
          .containsExactly(
              "releasing", "finishing", "live 1", "live 2", "batch finishing", "batch");
    }
  }

  @Test
  void promotesWhatWaits() {
    try (DecodeQueue queue = held()) {
      Runnable late = task("late");
      queue.submit(task("early"), DecodeRank.LIVE);
      queue.submit(late, DecodeRank.LIVE);
      queue.promote(late, DecodeRank.LIVE_FINISHING);
      queue.promote(task("not waiting"), DecodeRank.RELEASING);
      gate.countDown();

      await("all ran").until(() -> ran.size() == 2);
      assertThat(ran).containsExactly("late", "early");
    }
  }

  @Test
  void survivesATaskThatThrows() {
    try (DecodeQueue queue = new DecodeQueue(1)) {
      queue.submit(
          () -> {
            throw new IllegalStateException("on purpose");
          },
          DecodeRank.LIVE);
      queue.submit(task("next"), DecodeRank.LIVE);

      await("the next one ran").until(() -> ran.contains("next"));
    }
  }

  @Test
  void closingDropsWhatWaits() {
    DecodeQueue queue = held();
    queue.submit(task("waits"), DecodeRank.LIVE);
    Thread closing = new Thread(queue::close);
    closing.start();
    await("closing waits for the running task")
        .until(() -> closing.getState() == Thread.State.WAITING);
    gate.countDown();

    await("closed").until(() -> !closing.isAlive());
    queue.submit(task("late"), DecodeRank.LIVE);
    assertThat(ran).isEmpty();
  }

  /** A queue whose only thread is busy until the gate opens. */
  private DecodeQueue held() {
    DecodeQueue queue = new DecodeQueue(1);
    CountDownLatch begun = new CountDownLatch(1);
    queue.submit(
        () -> {
          begun.countDown();
          try {
            gate.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        },
        DecodeRank.RELEASING);
    await("the thread is busy").until(() -> begun.getCount() == 0);
    return queue;
  }

  private Runnable task(String name) {
    return () -> ran.add(name);
  }
}
