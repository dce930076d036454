// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.common.concurrent.Ticker;
import halfsecond.testing.ForkedJvm;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class HangWatchdogIT {
  @Test
  void endsTheProcessThoughAThreadHangsAndAShutdownHookWaitsForIt() {
    ForkedJvm.Result result =
        ForkedJvm.run(Hanging.class, Duration.ofSeconds(60), List.of("-Xmx64m"));

    assertThat(result.exitCode()).as(result.output()).isEqualTo(HangWatchdog.EXIT_CODE);
    assertThat(result.output()).contains("ERROR").contains("the engine hangs");
  }

  /** Decodes something that never ends. */
  static final class Hanging {
    private Hanging() {}

    public static void main(String... arguments) throws InterruptedException {
      DecodeQueue queue = new DecodeQueue(1, Scheduling.DEADLINE, Ticker.system());
      Runtime.getRuntime().addShutdownHook(new Thread(queue::close));
      CountDownLatch never = new CountDownLatch(1);
      queue.submit(new Turn(() -> awaitForever(never)), DecodeRank.LIVE, 0);
      HangWatchdog watchdog =
          HangWatchdog.start(
              queue,
              Duration.ofMillis(500),
              Ticker.system(),
              () -> Runtime.getRuntime().halt(HangWatchdog.EXIT_CODE));
      never.await();
      watchdog.close();
    }

    private static void awaitForever(CountDownLatch never) {
      try {
        never.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
