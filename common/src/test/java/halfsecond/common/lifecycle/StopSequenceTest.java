// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StopSequenceTest {
  private static final StopTiming TIMING =
      new StopTiming(Duration.ofSeconds(5), Duration.ofSeconds(10));

  private final List<String> steps = new ArrayList<>();
  private final RecordingTarget target = new RecordingTarget();
  private final StopSequence stop =
      new StopSequence(
          "test", TIMING, target, System::nanoTime, time -> steps.add("pause " + time));

  @Test
  void goesThroughTheStepsInOrder() {
    stop.thenClose("pool", () -> steps.add("pool"));
    stop.thenClose("natives", () -> steps.add("natives"));
    stop.onDrain(() -> steps.add("finalise"));

    stop.close();

    assertThat(steps)
        .containsExactly(
            "turn away",
            "pause PT5S",
            "stop accepting",
            "finalise",
            "await PT10S",
            "pool",
            "natives");
  }

  @Test
  void cutsOffCallsThatOutliveTheGraceAndWaitsForThemAgain() {
    target.quiet = false;
    stop.thenClose("pool", () -> steps.add("pool"));

    stop.close();

    assertThat(steps).endsWith("stop accepting", "await PT10S", "cut off", "await PT10S", "pool");
  }

  @Test
  void runsTheLaterStepsWhenOneFails() {
    stop.onDrain(
        () -> {
          throw new IllegalStateException("expected by the test");
        });
    stop.thenClose("pool", () -> steps.add("pool"));

    stop.close();

    assertThat(steps).endsWith("await PT10S", "pool");
  }

  @Test
  void runsOnce() {
    stop.close();
    int first = steps.size();
    stop.close();

    assertThat(steps).hasSize(first);
  }

  @Test
  void cutsOffButStopsCompletelyWhenInterruptedWhileWaitingForCalls() {
    target.interrupt = true;
    stop.thenClose("natives", () -> steps.add("natives"));

    stop.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(steps).endsWith("await PT10S", "cut off", "natives");
  }

  @Test
  void keepsTheFlagOfAThreadThatWasInterruptedBefore() {
    Thread.currentThread().interrupt();

    stop.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(steps).contains("await PT10S");
  }

  private final class RecordingTarget implements StopSequence.Target {
    private boolean quiet = true;
    private boolean interrupt;

    @Override
    public void turnAway() {
      steps.add("turn away");
    }

    @Override
    public void stopAccepting() {
      steps.add("stop accepting");
    }

    @Override
    public boolean awaitTermination(Duration limit) throws InterruptedException {
      steps.add("await " + limit);
      if (interrupt) {
        throw new InterruptedException();
      }
      return quiet;
    }

    @Override
    public void cutOff() {
      steps.add("cut off");
    }
  }
}
