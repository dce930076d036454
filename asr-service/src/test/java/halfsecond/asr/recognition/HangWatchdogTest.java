// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import halfsecond.common.audio.Audio16k;
import halfsecond.testing.FakeScheduler;
import halfsecond.testing.FakeTicker;
import halfsecond.testing.TestAudio;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class HangWatchdogTest {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Duration LOOK = LIMIT.dividedBy(10);

  private final FakeTicker ticker = new FakeTicker();
  private final AtomicInteger halts = new AtomicInteger();
  private final TurnClock clock = new TurnClock();
  private final HangWatchdog watchdog =
      new HangWatchdog(List.of(new TurnClock(), clock), LIMIT, ticker, halts::incrementAndGet);

  @Test
  void haltsOnceWhenOneCallReachesTheLimit() {
    clock.begin(ticker.nanos());
    look(9);
    assertThat(halts).hasValue(0);

    look(5);

    assertThat(halts).hasValue(1);
  }

  @Test
  void countsEveryCallByItself() {
    for (int i = 0; i < 100; i++) {
      clock.begin(ticker.nanos());
      look(8);
      clock.end();
    }
    assertThat(halts).hasValue(0);
  }

  @Test
  void leavesAnIdleThreadAlone() {
    clock.begin(ticker.nanos());
    look(1);
    clock.end();
    look(100);

    assertThat(halts).hasValue(0);
  }

  @Test
  void doesNotBlameTheEngineForAStoppedProcess() {
    clock.begin(ticker.nanos());
    look(9);
    ticker.advance(Duration.ofHours(1));
    look(1);
    look(2);
    assertThat(halts).as("the call may be about to end").hasValue(0);
    clock.end();
    look(10);

    assertThat(halts).hasValue(0);
  }

  @Test
  void stillFindsACallThatHangsAfterAStop() {
    clock.begin(ticker.nanos());
    ticker.advance(Duration.ofHours(1));
    look(3);
    assertThat(halts).hasValue(0);

    look(1);

    assertThat(halts).hasValue(1);
  }

  @Test
  void isPatientWithAProcessThatIsStoppedAgainAndAgain() {
    clock.begin(ticker.nanos());
    for (int i = 0; i < 50; i++) {
      ticker.advance(Duration.ofSeconds(30));
      look(3);
    }
    assertThat(halts).hasValue(0);
  }

  @Test
  void seesAnEngineThatBlocksInAClip() {
    FakeScheduler scheduler = new FakeScheduler();
    FakeLease lease = new FakeLease();
    lease.recognizer.permits.drainPermits();
    try (DecodeQueue queue = new DecodeQueue(2, Scheduling.DEADLINE, scheduler);
        ActiveClips clips =
            new ActiveClips(
                queue, scheduler, scheduler, new ClipLimits(Duration.ofSeconds(2), 32, 2))) {
      HangWatchdog dog = new HangWatchdog(queue.clocks(), LIMIT, scheduler, halts::incrementAndGet);
      Clip clip =
          clips.open(
              new ClipSpec(Duration.ofMillis(100), 1, Priority.LIVE),
              lease,
              Runnable::run,
              new RecordingListener());
      clip.audio(
          ByteBuffer.wrap(Audio16k.toBytes(TestAudio.tone(440, -20, Duration.ofMillis(200)))));
      await("the engine has it").until(() -> !lease.recognizer.blocks.isEmpty());
      for (int i = 0; i < 9; i++) {
        scheduler.advance(LOOK);
        dog.look();
      }
      assertThat(halts).hasValue(0);
      scheduler.advance(LOOK);
      dog.look();

      assertThat(halts).hasValue(1);
      lease.recognizer.permits.release(1000);
    }
  }

  private void look(int times) {
    for (int i = 0; i < times; i++) {
      ticker.advance(LOOK);
      watchdog.look();
    }
  }
}
