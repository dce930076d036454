// SPDX-License-Identifier: Apache-2.0
package halfsecond.testing;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.common.concurrent.Scheduler.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FakeSchedulerTest {
  private final FakeScheduler scheduler = new FakeScheduler();
  private final List<String> ran = new ArrayList<>();

  @Test
  void runsWhatIsDueInOrderOfTime() {
    scheduler.after(Duration.ofMillis(20), () -> ran.add("later"));
    scheduler.after(Duration.ofMillis(10), () -> ran.add("soon"));
    scheduler.after(Duration.ofMillis(10), () -> ran.add("soon too"));

    scheduler.advance(Duration.ofMillis(10));
    assertThat(ran).containsExactly("soon", "soon too");
    assertThat(scheduler.pending()).isEqualTo(1);

    scheduler.advance(Duration.ofMillis(10));
    assertThat(ran).endsWith("later");
  }

  @Test
  void runsWhatTasksScheduleWithinTheSameStep() {
    long begin = scheduler.nanos();
    List<Long> times = new ArrayList<>();
    scheduler.after(
        Duration.ofNanos(5),
        () -> scheduler.after(Duration.ofNanos(5), () -> times.add(scheduler.nanos() - begin)));

    scheduler.advance(Duration.ofNanos(100));

    assertThat(times).containsExactly(10L);
    assertThat(scheduler.nanos() - begin).isEqualTo(100);
  }

  @Test
  void forgetsWhatIsCancelled() {
    Timer timer = scheduler.after(Duration.ofMillis(1), () -> ran.add("cancelled"));
    timer.cancel();
    timer.cancel();
    scheduler.advance(Duration.ofSeconds(1));

    assertThat(ran).isEmpty();
  }

  @Test
  void movesTimeOnlyWhenTold() {
    FakeTicker ticker = new FakeTicker();
    long begin = ticker.nanos();
    ticker.advance(Duration.ofMillis(3));

    assertThat(ticker.nanos() - begin).isEqualTo(3_000_000);
  }
}
