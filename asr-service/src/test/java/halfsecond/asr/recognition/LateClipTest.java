// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import halfsecond.common.audio.Audio16k;
import halfsecond.common.concurrent.SerialExecutor;
import halfsecond.testing.FakeScheduler;
import halfsecond.testing.TestAudio;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clips whose time to finish runs out. One decode thread, which decodes by permission only. */
final class LateClipTest {
  private static final Duration WITHIN = Duration.ofMillis(200);
  private static final int MAX_LATE = 2;

  private final FakeScheduler scheduler = new FakeScheduler();
  private final DecodeQueue queue = new DecodeQueue(1, Scheduling.DEADLINE, scheduler);
  private final ActiveClips clips =
      new ActiveClips(
          queue, scheduler, scheduler, new ClipLimits(Duration.ofSeconds(2), MAX_LATE, 1));
  private final List<Spoken> opened = new ArrayList<>();

  /** A clip with what belongs to it. */
  private record Spoken(Clip clip, FakeLease lease, RecordingListener listener) {
    void permit(int blocks) {
      lease.recognizer.permits.release(blocks);
    }

    int begun() {
      return lease.recognizer.blocks.size();
    }
  }

  @AfterEach
  void close() {
    opened.forEach(spoken -> spoken.permit(1000));
    clips.close();
    opened.forEach(LateClipTest::awaitSettled);
    queue.close();
  }

  @Test
  void answersInTimeWithTheBestHypothesisAndThenWithAllOfIt() {
    Spoken late = overdue(5);

    assertThat(late.listener().results).hasSize(1);
    ClipResult early = late.listener().results.get(0);
    assertThat(early.complete()).isFalse();
    assertThat(early.recognition().best().transcript()).isEqualTo("w1");
    assertThat(early.processedSamples()).isEqualTo(ClipAudio.BLOCK_SAMPLES);
    assertThat(early.statistics().finalizeTime()).isEqualTo(WITHIN);
    assertThat(late.lease().closed).as("it goes on").hasValue(0);
    assertThat(clips.load().activeClips()).as("and still counts").isEqualTo(1);
    assertThat(clips.load().backlog()).as("but nobody waits for it").isZero();

    scheduler.advance(Duration.ofMillis(300));
    late.permit(100);

    awaitSettled(late);
    assertThat(late.listener().lateResults).hasSize(1);
    ClipResult complete = late.listener().lateResults.get(0).orElseThrow();
    assertThat(complete.complete()).isTrue();
    assertThat(complete.recognition().best().transcript()).isEqualTo("w1 w2 w3 w4 w5");
    assertThat(complete.processedSamples()).isEqualTo(5L * ClipAudio.BLOCK_SAMPLES);
    assertThat(complete.statistics().finalizeTime()).isEqualTo(Duration.ofMillis(500));
    assertThat(late.listener().results).hasSize(1);
    assertThat(late.lease().recycled).hasValue(1);
  }

  @Test
  void tellsNeitherTextNorProgressAfterTheAnswer() {
    Spoken late = overdue(5);
    int hypotheses = late.listener().hypotheses.size();
    int progress = late.listener().progress.size();

    scheduler.advance(Duration.ofSeconds(1));
    late.permit(100);

    awaitSettled(late);
    assertThat(late.listener().hypotheses).hasSize(hypotheses);
    assertThat(late.listener().progress).hasSize(progress);
  }

  @Test
  void waitsBehindThoseWhoStillSpeak() {
    Spoken late = overdue(5);
    Spoken speaking = open(Priority.LIVE);
    speaking.clip().audio(speech(2));
    Spoken batch = open(Priority.BATCH);
    batch.clip().audio(speech(1));

    late.permit(1);
    soon().until(() -> speaking.begun() == 1);
    assertThat(late.begun()).as("only what ran already").isEqualTo(2);
    speaking.permit(2);

    soon().until(() -> late.begun() == 3);
    assertThat(batch.begun()).isZero();
  }

  @Test
  void keepsNoMoreThanSoManyLateClips() {
    Spoken first = overdue(5);
    List<Spoken> others = new ArrayList<>();
    for (int i = 0; i < MAX_LATE; i++) {
      Spoken other = open(Priority.LIVE);
      other.clip().audio(speech(2));
      other.clip().finish(Optional.of(WITHIN));
      others.add(other);
    }
    scheduler.advance(WITHIN);

    assertThat(first.listener().lateResults).isEmpty();
    assertThat(others.get(0).listener().results).hasSize(1);
    assertThat(others.get(0).listener().lateResults).as("the second one goes on").isEmpty();
    assertThat(others.get(1).listener().results).hasSize(1);
    assertThat(others.get(1).listener().lateResults)
        .as("the third one is dropped")
        .containsExactly(Optional.empty());
  }

  @Test
  void dropsLateClipsWhenThoseWhoWaitHaveToWaitLong() {
    // A clip that took as long as its audio: from now on a second of audio is a second of work.
    Spoken slow = open(Priority.LIVE);
    slow.clip().audio(speech(1));
    slow.clip().finish(Optional.empty());
    soon().until(() -> slow.begun() == 1);
    scheduler.advance(Duration.ofMillis(100));
    slow.permit(1);
    awaitSettled(slow);
    Spoken late = overdue(5);
    Spoken speaking = open(Priority.LIVE);
    speaking.clip().audio(speech(10));
    scheduler.advance(Duration.ofMillis(100));
    assertThat(late.listener().lateResults).as("one second is still well").isEmpty();
    speaking.clip().audio(speech(1));

    scheduler.advance(Duration.ofMillis(100));

    assertThat(late.listener().lateResults).containsExactly(Optional.empty());
    late.permit(1);
    awaitSettled(late);
    assertThat(late.begun()).as("the rest was abandoned").isEqualTo(2);
    assertThat(late.lease().recycled).hasValue(1);
  }

  @Test
  void dropsALateClipThatIsCancelled() {
    Spoken late = overdue(5);

    late.clip().cancel();
    late.permit(1);

    awaitSettled(late);
    assertThat(late.begun()).isEqualTo(2);
    assertThat(late.listener().lateResults).isEmpty();
    assertThat(late.lease().recycled).hasValue(1);
  }

  @Test
  void tellsThatTheEngineFailedAfterTheAnswer() {
    Spoken late = overdue(5);

    late.lease().recognizer.failing = true;
    late.permit(1);

    awaitSettled(late);
    assertThat(late.listener().results).hasSize(1);
    assertThat(late.listener().lateResults).isEmpty();
    assertThat(late.listener().failures).hasSize(1);
    assertThat(late.lease().discarded).hasValue(1);
  }

  /** The first block is decoded, the second is in the engine, and the answer was due just now. */
  private Spoken overdue(int blocks) {
    Spoken spoken = open(Priority.LIVE);
    spoken.permit(1);
    spoken.clip().audio(speech(blocks));
    soon().until(() -> spoken.begun() == 2);
    spoken.clip().finish(Optional.of(WITHIN));
    scheduler.advance(WITHIN);
    return spoken;
  }

  private Spoken open(Priority priority) {
    FakeLease lease = new FakeLease();
    lease.recognizer.permits.drainPermits();
    RecordingListener listener = new RecordingListener();
    Clip clip =
        clips.open(
            new ClipSpec(Duration.ofMillis(100), 1, priority),
            lease,
            new SerialExecutor(
                Runnable::run,
                e -> {
                  throw new AssertionError(e);
                }),
            listener);
    Spoken spoken = new Spoken(clip, lease, listener);
    opened.add(spoken);
    return spoken;
  }

  private static void awaitSettled(Spoken spoken) {
    soon().untilAsserted(() -> assertThat(spoken.lease().closed).hasValue(1));
  }

  private static ConditionFactory soon() {
    return await("the decode thread").pollInterval(Duration.ofMillis(2));
  }

  /** Not steady, so that it is not taken for noise. */
  private static ByteBuffer speech(int blocks) {
    short[][] parts = new short[5 * blocks][];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = TestAudio.tone(200 + 500.0 * (i % 5), -20, Duration.ofMillis(20));
    }
    return ByteBuffer.wrap(Audio16k.toBytes(TestAudio.concat(parts)));
  }
}
