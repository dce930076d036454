// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventLoopsTest {

  @Test
  void knowsTheThreadThatCalls() {
    try (EventLoops loops = new EventLoops("test-loop", 3)) {
      for (int number = 0; number < loops.count(); number++) {
        Executor thread = loops.thread(number);

        assertThat(CompletableFuture.supplyAsync(loops::here, thread).join()).isEqualTo(number);
      }
    }
  }

  @Test
  void takesTheNextInTurnForAnyOtherThread() {
    try (EventLoops loops = new EventLoops("test-loop", 2)) {
      List<Integer> turns = IntStream.range(0, 4).mapToObj(unused -> loops.here()).toList();

      assertThat(turns).containsExactly(0, 1, 0, 1);
    }
  }

  @Test
  void runsWhatIsQueuedBeforeItCloses() {
    CompletableFuture<String> thread = new CompletableFuture<>();
    try (EventLoops loops = new EventLoops("test-loop", 1)) {
      loops.thread(0).execute(() -> thread.complete(Thread.currentThread().getName()));
    }
    assertThat(thread).isCompletedWithValue("test-loop-1");
  }
}
