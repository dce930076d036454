// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import halfsecond.common.lifecycle.StartException;
import halfsecond.deploy.supervise.Child.Health;
import halfsecond.deploy.supervise.Snapshot.Phase;
import halfsecond.testing.FakeScheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SupervisedTest {

  private final FakeScheduler time = new FakeScheduler();
  private final List<FakeChild> children = new ArrayList<>();
  private final List<String> events = new ArrayList<>();
  private boolean launches = true;
  private Health born = Health.SERVING;
  private final Supervised supervised =
      new Supervised("asr-0", this::launch, time, new Random(1), new Recorder());

  @Test
  void servesWhenItsHealthSaysSo() {
    born = Health.SILENT;
    CompletableFuture<Void> serving = supervised.start();
    pass(Duration.ofSeconds(2));
    assertThat(serving).isNotDone();
    assertThat(supervised.snapshot()).isEqualTo(new Snapshot(Phase.STARTING, 1, 0));

    last().health = Health.SERVING;
    pass(Duration.ofMillis(1_200));

    assertThat(serving).isCompleted();
    assertThat(supervised.snapshot()).isEqualTo(new Snapshot(Phase.SERVING, 1, 0));
    assertThat(events).isEmpty();
  }

  @Test
  void givesUpWhenTheFirstStartFails() {
    born = Health.SILENT;
    CompletableFuture<Void> serving = supervised.start();
    pass(Duration.ofMillis(50));

    last().end(78);
    pass(Duration.ofMinutes(1));

    assertThatThrownBy(serving::join)
        .hasCauseInstanceOf(StartException.class)
        .hasMessageContaining("asr-0 ended with exit code 78");
    assertThat(children).hasSize(1);
    assertThat(supervised.snapshot().phase()).isEqualTo(Phase.STOPPED);
  }

  @Test
  void givesUpWhenItCannotBeLaunchedAtFirst() {
    launches = false;

    CompletableFuture<Void> serving = supervised.start();
    pass(Duration.ofMinutes(1));

    assertThatThrownBy(serving::join).hasMessageContaining("asr-0 cannot be started: no such file");
  }

  @Test
  void killsAFirstStartThatNeverServes() {
    born = Health.NOT_SERVING;
    CompletableFuture<Void> serving = supervised.start();
    pass(Duration.ofSeconds(30));
    assertThat(last().killed).isFalse();

    last().health = Health.SILENT;
    pass(Supervised.START);

    assertThat(last().killed).isTrue();
    assertThat(serving).isCompletedExceptionally();
  }

  @Test
  void startsAgainSoonAfterAnEndAndTellsBoth() {
    startServing();

    last().end(137);
    pass(Duration.ofMillis(10));
    assertThat(supervised.snapshot()).isEqualTo(new Snapshot(Phase.WAITING, 0, 1));
    pass(Duration.ofSeconds(1));

    assertThat(children).hasSize(2);
    assertThat(events).hasSize(2);
    assertThat(events.get(0)).matches("ended 137, again in (1[6-9]|2[0-4])[0-9] ms");
    assertThat(events.get(1)).isEqualTo("back as 2");
    assertThat(supervised.snapshot()).isEqualTo(new Snapshot(Phase.SERVING, 2, 1));
  }

  @Test
  void waitsLongerEachTimeWhenItDiesEarly() {
    startServing();
    born = Health.SILENT;
    List<Long> waits = new ArrayList<>();
    for (int end = 0; end < 9; end++) {
      last().end(1);
      long ended = time.nanos();
      int before = children.size();
      while (children.size() == before) {
        pass(Duration.ofMillis(1));
      }
      waits.add(Duration.ofNanos(time.nanos() - ended).toMillis());
    }

    long expected = 200;
    for (long wait : waits) {
      assertThat(wait).isBetween(expected * 8 / 10, Math.min(expected * 12 / 10, 10_000) + 2);
      expected = Math.min(expected * 2, 10_000 * 10 / 8);
    }
  }

  @Test
  void waitsBrieflyAgainOnceItWasWellForLong() {
    startServing();
    for (int end = 0; end < 4; end++) {
      last().end(1);
      pass(Duration.ofSeconds(4));
    }
    pass(Supervised.WELL);
    events.clear();

    last().end(1);
    pass(Duration.ofMillis(1));

    assertThat(events.get(0)).matches("ended 1, again in (1[6-9]|2[0-4])[0-9] ms");
  }

  @Test
  void saysThatItIsALoopAndGoesOn() {
    startServing();
    for (int end = 0; end < 3; end++) {
      last().end(139);
      pass(Duration.ofSeconds(2));
    }

    assertThat(events).containsOnlyOnce("looping, 3 ends");
    assertThat(children).hasSize(4);
  }

  @Test
  void doesNotCallRareEndsALoop() {
    startServing();
    for (int end = 0; end < 6; end++) {
      last().end(139);
      pass(Duration.ofSeconds(31));
    }

    assertThat(events).noneMatch(event -> event.startsWith("looping"));
  }

  @Test
  void killsWhatHangsAfterThreeSeconds() {
    startServing();
    pass(Duration.ofSeconds(10));

    last().health = Health.SILENT;
    pass(Duration.ofMillis(2_400));
    assertThat(last().killed).isFalse();
    FakeChild hanging = last();
    pass(Duration.ofMillis(1_500));

    assertThat(hanging.killed).isTrue();
    assertThat(events.get(0)).startsWith("hung");
    assertThat(events.get(1)).startsWith("ended 137");
  }

  @Test
  void leavesAloneWhatAnswersThatItTakesNoWork() {
    startServing();

    last().health = Health.NOT_SERVING;
    pass(Duration.ofMinutes(1));

    assertThat(children).hasSize(1);
    assertThat(events).isEmpty();
  }

  @Test
  void doesNotBlameAProcessForItsOwnSleep() {
    startServing();

    // One probe comes back unanswered after a long time; the next one is answered.
    last().holdNext = true;
    pass(Duration.ofMinutes(5));
    last().held.complete(Health.SILENT);
    pass(Duration.ofSeconds(5));

    assertThat(last().killed).isFalse();
    assertThat(events).isEmpty();
  }

  @Test
  void replacesByDrainingAndStartingAtOnce() {
    startServing();
    FakeChild first = last();

    CompletableFuture<Void> replaced = supervised.replace();
    pass(Duration.ofSeconds(3));
    assertThat(first.terminated).isTrue();
    assertThat(children).hasSize(1);
    assertThat(supervised.snapshot().phase()).isEqualTo(Phase.DRAINING);
    first.end(0);
    pass(Duration.ofMillis(150));

    assertThat(replaced).isCompleted();
    assertThat(children).hasSize(2);
    assertThat(first.killed).isFalse();
    assertThat(events).isEmpty();
  }

  @Test
  void killsWhatDoesNotDrainInTime() {
    startServing();
    FakeChild first = last();

    CompletableFuture<Void> stopped = supervised.stop();
    pass(Supervised.STOP.minusMillis(1));
    assertThat(first.killed).isFalse();
    pass(Duration.ofSeconds(1));

    assertThat(first.killed).isTrue();
    assertThat(stopped).isCompleted();
    assertThat(children).hasSize(1);
  }

  @Test
  void doesNotKillWhatIsSilentWhileItDrains() {
    startServing();

    CompletableFuture<Void> stopped = supervised.stop();
    last().health = Health.SILENT;
    pass(Duration.ofSeconds(10));

    assertThat(last().killed).isFalse();
    last().end(0);
    pass(Duration.ofMillis(1));
    assertThat(stopped).isCompleted();
  }

  @Test
  void doesNotStartAgainWhatWasStoppedWhileItWaited() {
    startServing();
    last().end(1);
    pass(Duration.ofMillis(1));

    CompletableFuture<Void> stopped = supervised.stop();
    pass(Duration.ofMinutes(1));

    assertThat(stopped).isCompleted();
    assertThat(children).hasSize(1);
    assertThat(supervised.snapshot().phase()).isEqualTo(Phase.STOPPED);
  }

  @Test
  void releasesEveryProcessOnce() {
    startServing();
    last().end(1);
    pass(Duration.ofSeconds(1));
    CompletableFuture<Void> stopped = supervised.stop();
    last().end(0);
    pass(Duration.ofMillis(1));

    assertThat(stopped).isCompleted();
    assertThat(children).allSatisfy(child -> assertThat(child.released).isEqualTo(1));
  }

  private void startServing() {
    CompletableFuture<Void> serving = supervised.start();
    pass(Duration.ofMillis(150));
    assertThat(serving).isCompleted();
  }

  private void pass(Duration duration) {
    time.advance(duration);
    // What a process' end posted runs when time moves next.
    time.advance(Duration.ZERO);
  }

  private FakeChild last() {
    return children.get(children.size() - 1);
  }

  private Child launch() throws IOException {
    if (!launches) {
      throw new IOException("no such file");
    }
    FakeChild child = new FakeChild(children.size() + 1, born);
    children.add(child);
    return child;
  }

  /** Answers at once, or after the probe's second when silent. */
  private final class FakeChild implements Child {
    private final long pid;
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();
    private final CompletableFuture<Health> held = new CompletableFuture<>();
    private Health health;
    private boolean holdNext;
    private boolean terminated;
    private boolean killed;
    private int released;

    FakeChild(long pid, Health health) {
      this.pid = pid;
      this.health = health;
    }

    void end(int code) {
      exit.complete(code);
      time.advance(Duration.ZERO);
    }

    @Override
    public long pid() {
      return pid;
    }

    @Override
    public CompletableFuture<Integer> onExit() {
      return exit;
    }

    @Override
    public void terminate() {
      terminated = true;
    }

    @Override
    public void kill() {
      killed = true;
      exit.complete(137);
    }

    @Override
    public CompletableFuture<Health> health() {
      if (holdNext) {
        holdNext = false;
        return held;
      }
      CompletableFuture<Health> answer = new CompletableFuture<>();
      if (health == Health.SILENT) {
        var unused = time.after(Duration.ofSeconds(1), () -> answer.complete(Health.SILENT));
      } else {
        answer.complete(health);
      }
      return answer;
    }

    @Override
    public void release() {
      released++;
    }
  }

  private final class Recorder implements Events {
    @Override
    public void ended(String name, int exitCode, Duration restartIn) {
      events.add("ended " + exitCode + ", again in " + restartIn.toMillis() + " ms");
    }

    @Override
    public void hung(String name, Duration silent) {
      events.add("hung for " + silent.toMillis() + " ms");
    }

    @Override
    public void looping(String name, int ends) {
      events.add("looping, " + ends + " ends");
    }

    @Override
    public void back(String name, long pid, Duration away) {
      events.add("back as " + pid);
    }
  }
}
