// SPDX-License-Identifier: Apache-2.0
package halfsecond.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ForkedJvmIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** Speaks once more while it ends. */
  static final class Farewell {
    private Farewell() {}

    public static void main(String[] args) throws InterruptedException {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("goodbye")));
      System.out.println("here");
      new CountDownLatch(1).await();
    }
  }

  @Test
  void hearsWhatAProcessSaysWhileItEnds() {
    try (ForkedJvm jvm = ForkedJvm.start(Farewell.class, List.of())) {
      jvm.awaitOutput("here", LIMIT);

      jvm.terminate();

      assertThat(jvm.awaitExit(LIMIT).output()).contains("goodbye").doesNotContain("cut");
    }
  }
}
