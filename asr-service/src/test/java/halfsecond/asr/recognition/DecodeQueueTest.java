// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import halfsecond.common.concurrent.Ticker;
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
      queue.submit(task("batch"), DecodeRank.BATCH, 0);
      queue.submit(task("late"), DecodeRank.LATE, 0);
      queue.submit(task("live 1"), DecodeRank.LIVE, 0);
      queue.submit(task("live 2"), DecodeRank.LIVE, 0);
      queue.submit(task("finishing"), DecodeRank.LIVE_FINISHING, 0);
      queue.submit(task("batch finishing"), DecodeRank.BATCH_FINISHING, 0);
      queue.submit(task("releasing"), DecodeRank.RELEASING, 0);
      gate.countDown();

      await("all ran").until(() -> ran.size() == 7);
      assertThat(ran)
          .containsExactly(
              "releasing", "finishing", "live 1", "live 2", "late", "batch finishing", "batch");
    }
  }

  @Test
  void movesWhatWaits() {
    try (DecodeQueue queue = held()) {
      Turn late = task("late");
      queue.submit(task("early"), DecodeRank.LIVE, 0);
      queue.submit(late, DecodeRank.LIVE, 0);
      queue.move(late, DecodeRank.LIVE_FINISHING, 0);
      queue.move(task("not waiting"), DecodeRank.RELEASING, 0);
      gate.countDown();

      await("all ran").until(() -> ran.size() == 2);
      assertThat(ran).containsExactly("late", "early");
    }
  }

  @Test
  void survivesATaskThatThrows() {
    try (DecodeQueue queue = new DecodeQueue(1, Scheduling.DEADLINE, Ticker.system())) {
      queue.submit(
          new Turn(
              () -> {
                throw new IllegalStateException("on purpose");
              }),
          DecodeRank.LIVE,
          0);
      queue.submit(task("next"), DecodeRank.LIVE, 0);

      await("the next one ran").until(() -> ran.contains("next"));
    }
  }

  @Test
  void closingDropsWhatWaits() {
    DecodeQueue queue = held();
    queue.submit(task("waits"), DecodeRank.LIVE, 0);
    Thread closing = new Thread(queue::close);
    closing.start();
    await("closing waits for the running task")
        .until(() -> closing.getState() == Thread.State.WAITING);
    gate.countDown();

    await("closed").until(() -> !closing.isAlive());
    queue.submit(task("late"), DecodeRank.LIVE, 0);
    assertThat(ran).isEmpty();
  }

  /** A queue whose only thread is busy until the gate opens. */
  private DecodeQueue held() {
    DecodeQueue queue = new DecodeQueue(1, Scheduling.DEADLINE, Ticker.system());
    CountDownLatch begun = new CountDownLatch(1);
    queue.submit(
        new Turn(
            () -> {
              begun.countDown();
              try {
                gate.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            }),
        DecodeRank.RELEASING,
        0);
    await("the thread is busy").until(() -> begun.getCount() == 0);
    return queue;
  }

  private Turn task(String name) {
    return new Turn(() -> ran.add(name));
  }
}
