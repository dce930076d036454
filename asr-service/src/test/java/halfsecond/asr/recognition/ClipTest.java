// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import halfsecond.common.audio.Audio16k;
import halfsecond.common.concurrent.SerialExecutor;
import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import halfsecond.testing.FakeScheduler;
import halfsecond.testing.TestAudio;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ClipTest {
  private static final Duration INTERVAL = Duration.ofMillis(100);
  private static final int MAX_LATE = 2;
  private static final int BLOCK = 2 * ClipAudio.BLOCK_SAMPLES;

  private final FakeScheduler scheduler = new FakeScheduler();
  private final DecodeQueue queue = new DecodeQueue(1, Scheduling.DEADLINE, scheduler);
  private final ActiveClips clips =
      new ActiveClips(
          queue, scheduler, scheduler, new ClipLimits(Duration.ofMillis(500), MAX_LATE, 1.5));
  private final FakeLease lease = new FakeLease();
  private final RecordingListener listener = new RecordingListener();
  private final Clip clip = open(lease, listener, Priority.LIVE);

  @AfterEach
  void close() {
    lease.recognizer.permits.release(1000);
    clips.close();
    queue.close();
  }

  @Test
  void answersOnceWithAllThatWasSaid() {
    clip.audio(speech(3));
    clip.finish(Optional.empty());

    awaitSettled();
    assertThat(listener.results).hasSize(1);
    ClipResult result = listener.results.get(0);
    assertThat(result.complete()).isTrue();
    assertThat(result.rejected()).isFalse();
    assertThat(result.recognition().best().transcript()).isEqualTo("w1 w2 w3");
    assertThat(result.processedSamples()).isEqualTo(3 * ClipAudio.BLOCK_SAMPLES);
    assertThat(lease.recycled).hasValue(1);
  }

  @Test
  void cutsTheSameBlocksHoweverTheAudioArrives() {
    ByteBuffer audio = speech(3);
    byte[] bytes = new byte[audio.remaining()];
    audio.get(bytes);
    for (int at = 0; at < bytes.length - 1000; at += 7) {
      clip.audio(ByteBuffer.wrap(bytes, at, Math.min(7, bytes.length - 1000 - at)));
    }
    clip.finish(Optional.empty());

    awaitSettled();
    assertThat(lease.recognizer.blocks).containsExactly(BLOCK, BLOCK, BLOCK - 1000);
  }

  @Test
  void answersAnEmptyClipWithoutTheEngine() {
    clip.finish(Optional.empty());

    awaitSettled();
    assertThat(listener.results).hasSize(1);
    assertThat(listener.results.get(0).recognition()).isEqualTo(Recognition.EMPTY);
    assertThat(listener.results.get(0).statistics().realTimeFactor()).isZero();
    assertThat(lease.acquired).hasValue(0);
  }

  @Test
  void forgetsTheDeadlineOnceAnswered() {
    clip.audio(speech(1));
    clip.finish(Optional.of(Duration.ofSeconds(1)));
    awaitSettled();

    scheduler.advance(Duration.ofSeconds(2));

    assertThat(listener.results).hasSize(1);
    assertThat(listener.results.get(0).complete()).isTrue();
  }

  @Test
  void saysNothingAfterACancellationAndGivesEverythingBack() {
    decodeOnly(1);
    clip.audio(speech(4));
    soon().until(() -> lease.recognizer.blocks.size() == 2);

    clip.cancel();
    lease.recognizer.permits.release(1);

    awaitSettled();
    assertThat(lease.recognizer.blocks).hasSize(2);
    assertThat(lease.recycled).hasValue(1);
    assertThat(listener.results).isEmpty();
    assertThat(listener.failures).isEmpty();
  }

  @Test
  void refusesHalfASample() {
    clip.audio(ByteBuffer.wrap(new byte[3]));
    clip.finish(Optional.empty());

    awaitSettled();
    assertFailure(Reason.AUDIO_INVALID);
  }

  @Test
  void refusesWhatIsTooLong() {
    for (int i = 0; i < 35; i++) {
      clip.audio(ByteBuffer.wrap(new byte[2 * Recognizer.SAMPLE_RATE]));
    }
    assertThat(listener.failures).isEmpty();

    clip.audio(ByteBuffer.wrap(new byte[1]));

    awaitSettled();
    assertFailure(Reason.UTTERANCE_TOO_LONG);
  }

  @Test
  void doesNotTrustARecognizerThatFailed() {
    lease.recognizer.failing = true;
    clip.audio(speech(1));

    awaitSettled();
    assertThat(listener.failures).hasSize(1);
    assertThat(listener.failures.get(0)).isInstanceOf(RecognizerException.class);
    assertThat(lease.discarded).hasValue(1);
    assertThat(lease.recycled).hasValue(0);
  }

  @Test
  void takesNothingAfterFinish() {
    clip.finish(Optional.of(Duration.ofHours(1)));
    soon().until(() -> listener.results.size() == 1);
    clip.audio(speech(1));

    decodeOnly(0);
    Clip other = open(new FakeLease(), new RecordingListener(), Priority.LIVE);
    other.finish(Optional.empty());
    assertThat(listener.results).hasSize(1);
  }

  @Test
  void callersMistakesAfterFinishAreTold() {
    decodeOnly(0);
    clip.audio(speech(1));
    clip.finish(Optional.empty());

    assertThatThrownBy(() -> clip.audio(speech(1))).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> clip.finish(Optional.empty()))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void tellsAHypothesisOnlyAfterItsInterval() {
    clip.audio(speech(1));
    soon().until(() -> listener.progress.size() == 1);
    scheduler.advance(Duration.ofMillis(50));
    clip.audio(speech(1));
    soon().until(() -> listener.progress.size() == 2);
    assertThat(listener.hypotheses).extracting(Hypothesis::transcript).containsExactly("w1");

    scheduler.advance(Duration.ofMillis(50));
    clip.audio(speech(1));

    soon().until(() -> listener.hypotheses.size() == 2);
    assertThat(listener.hypotheses.get(1).transcript()).isEqualTo("w1 w2 w3");
    assertThat(listener.hypotheses.get(1).stability()).isEqualTo(1.0 / 3);
    assertThat(listener.hypotheses.get(1).processedSamples()).isEqualTo(4800);
  }

  @Test
  void hasNoRoomWhileTooMuchWaitsAndSaysWhereItIs() {
    decodeOnly(1);
    clip.audio(speech(4));
    soon().until(() -> lease.recognizer.blocks.size() == 2);
    assertThat(clip.hasRoom()).isTrue();
    clip.audio(speech(5));
    assertThat(clip.hasRoom()).isFalse();
    assertThat(clips.load().backlog())
        .as("seven blocks wait and one is in the engine")
        .isEqualTo(Duration.ofMillis(800));
    int told = listener.progress.size();

    scheduler.advance(Duration.ofMillis(100));
    assertThat(listener.progress).hasSize(told + 1).endsWith(1600L);

    lease.recognizer.permits.release(4);
    soon().until(clip::hasRoom);
    soon().untilAsserted(() -> assertThat(listener.progress).as("there is room").hasSize(told + 2));
    lease.recognizer.permits.release(100);
  }

  @Test
  void tellsProgressAtMostEveryFiftyMillisecondsAndLeavesNothingUntold() {
    clip.audio(speech(1));
    soon().until(() -> listener.progress.size() == 1);
    clip.audio(speech(2));
    soon().until(() -> clips.load().backlog().isZero());
    assertThat(listener.progress).containsExactly(1600L);

    scheduler.advance(Duration.ofMillis(100));
    assertThat(listener.progress).containsExactly(1600L, 4800L);
    scheduler.advance(Duration.ofSeconds(1));
    assertThat(listener.progress).as("nothing new").hasSize(2);
  }

  @Test
  void decodesLiveBeforeBatch() {
    decodeOnly(0);
    clip.audio(speech(1));
    soon().until(() -> lease.recognizer.blocks.size() == 1);
    RecordingListener order = new RecordingListener();
    FakeLease batchLease = new FakeLease();
    batchLease.recognizer.permits.drainPermits();
    Clip batch = open(batchLease, order, Priority.BATCH);
    batch.audio(speech(1));
    FakeLease liveLease = new FakeLease();
    Clip live = open(liveLease, order, Priority.LIVE);
    live.audio(speech(1));

    lease.recognizer.permits.release(1);

    soon().until(() -> liveLease.recognizer.blocks.size() == 1 && order.progress.size() == 1);
    batchLease.recognizer.permits.release(1);
    batch.cancel();
    live.cancel();
  }

  private void assertFailure(Reason reason) {
    assertThat(listener.results).isEmpty();
    assertThat(listener.failures).hasSize(1);
    assertThat(listener.failures.get(0)).isInstanceOf(SpeechException.class);
    assertThat(((SpeechException) listener.failures.get(0)).reason()).isEqualTo(reason);
  }

  private void decodeOnly(int blocks) {
    lease.recognizer.permits.drainPermits();
    lease.recognizer.permits.release(blocks);
  }

  private void awaitSettled() {
    soon().untilAsserted(() -> assertThat(lease.closed).hasValue(1));
    assertThat(clips.load().activeClips()).isZero();
  }

  private Clip open(FakeLease model, RecordingListener told, Priority priority) {
    return clips.open(
        new ClipSpec(INTERVAL, 1, priority),
        model,
        new SerialExecutor(
            Runnable::run,
            e -> {
              throw new AssertionError(e);
            }),
        told);
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
