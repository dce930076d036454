// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.drive;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import halfsecond.loadtest.corpus.Query;
import halfsecond.loadtest.drive.OpenQuery.Intent;
import halfsecond.loadtest.drive.VirtualTarget.Behaviour;
import halfsecond.loadtest.drive.VirtualTarget.Stream;
import halfsecond.loadtest.targets.Refusal;
import halfsecond.testing.FakeScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Everything but the threads, in virtual time of 1 ms steps. */
class PacingLoopTest {
  private static final Duration SPEECH_END = Duration.ofMillis(990);
  private static final Query QUERY =
      new Query(
          "q", ByteString.copyFrom(new byte[2 * 16_000]), "one two", SPEECH_END, Optional.empty());

  private final FakeScheduler time = new FakeScheduler();
  private final long origin = time.nanos();
  private final List<Outcome> outcomes = new ArrayList<>();
  private final DriveSettings settings = DriveSettings.defaults();
  private PacingLoop loop = new PacingLoop(time, server(new Behaviour() {}), List.of(), () -> {});

  @Test
  void sendsEveryChunkWhenItsLastSampleHasBeenSpoken() {
    VirtualTarget target = client(answering(Duration.ofMillis(30)));

    run(target, 1, Duration.ZERO, Duration.ofSeconds(2));

    Stream stream = target.streams.get(0);
    assertThat(stream.openedNanos).isEqualTo(origin);
    assertThat(millis(stream.audioNanos).subList(0, 3)).containsExactly(20L, 40L, 60L);
    assertThat(stream.heardLength()).isEqualTo(SPEECH_END.plusMillis(200));
    assertThat(millis(List.of(stream.finishedNanos))).containsExactly(1_190L);
    assertThat(loop.lateMicros().getMaxValue()).isZero();
  }

  @Test
  void measuresFromTheIntendedEndOfSpeech() {
    run(client(answering(Duration.ofMillis(30))), 1, Duration.ZERO, Duration.ofSeconds(2));

    Outcome outcome = outcomes.get(0);
    assertThat(outcome.ending()).isEqualTo(Ending.ANSWERED);
    assertThat(outcome.latencyNanos()).hasValue(Duration.ofMillis(230).toNanos());
    assertThat(outcome.lateNanos()).isZero();
    assertThat(outcome.bytes()).isEqualTo(2 * 16 * 1_190);
  }

  @Test
  void goesOnWithRoomToneUntilTheServerAnswers() {
    VirtualTarget target = server(endpointing(Duration.ofMillis(250)));

    run(target, 1, Duration.ZERO, Duration.ofSeconds(4));

    Stream stream = target.streams.get(0);
    assertThat(outcomes.get(0).ending()).isEqualTo(Ending.ANSWERED);
    assertThat(stream.heardLength()).isBetween(Duration.ofMillis(1_240), Duration.ofMillis(1_280));
    assertThat(stream.heard.substring(32_000))
        .isEqualTo(RoomTone.of(32_000, stream.heard.size() - 32_000));
  }

  @Test
  void keepsTheMicrophoneOpenForTwoSecondsThenAsks() {
    VirtualTarget target = server(answering(Duration.ofMillis(10)));

    run(target, 1, Duration.ZERO, Duration.ofSeconds(4));

    assertThat(millis(List.of(target.streams.get(0).finishedNanos))).containsExactly(3_000L);
    assertThat(outcomes.get(0).latencyNanos()).hasValue(Duration.ofMillis(2_020).toNanos());
  }

  @Test
  void goesOnSpeakingAfterAFinalOfAnEarlierPart() {
    VirtualTarget target =
        server(
            new Behaviour() {
              @Override
              public void audio(Stream stream) {
                if (stream.heardLength().toMillis() == 500) {
                  stream.answerAfter(Duration.ZERO, "one");
                }
              }

              @Override
              public void finished(Stream stream) {
                stream.answerAfter(Duration.ofMillis(5), "two");
                stream.closeAfter(Duration.ofMillis(6));
              }
            });

    run(target, 1, Duration.ZERO, Duration.ofSeconds(4));

    Outcome.Answer answer = outcomes.get(0).answer().orElseThrow();
    assertThat(answer.finals()).isEqualTo(2);
    assertThat(answer.text()).isEqualTo("one two");
    assertThat(outcomes.get(0).latencyNanos()).hasValue(Duration.ofMillis(2_015).toNanos());
  }

  @Test
  void givesUpAfterFifteenSeconds() {
    VirtualTarget target = client(new Behaviour() {});

    run(target, 1, Duration.ZERO, Duration.ofSeconds(20));

    assertThat(outcomes).singleElement().returns(Ending.UNANSWERED, Outcome::ending);
    assertThat(target.streams.get(0).cancelled).isTrue();
    assertThat(outcomes.get(0).endedNanos()).isBetween(15_990_000_000L, 16_020_000_000L);
  }

  @Test
  void countsAnAnswerWhoseStreamIsNeverClosed() {
    Behaviour neverCloses =
        new Behaviour() {
          @Override
          public void finished(Stream stream) {
            stream.answerAfter(Duration.ofMillis(30), "one two");
          }
        };

    run(client(neverCloses), 1, Duration.ZERO, Duration.ofSeconds(20));

    assertThat(outcomes).singleElement().returns(Ending.ANSWERED, Outcome::ending);
    assertThat(outcomes.get(0).latencyNanos()).hasValue(Duration.ofMillis(230).toNanos());
  }

  @Test
  void stopsSpeakingWhenItIsRefused() {
    VirtualTarget target =
        server(
            new Behaviour() {
              @Override
              public void opened(Stream stream) {
                stream.scheduler.after(
                    Duration.ofMillis(7),
                    () -> stream.listener.refused(new Refusal(true, "RESOURCE_EXHAUSTED", true)));
              }
            });

    run(target, 1, Duration.ZERO, Duration.ofSeconds(2));

    assertThat(outcomes).singleElement().returns(Ending.REFUSED, Outcome::ending);
    assertThat(outcomes.get(0).endedNanos()).isEqualTo(Duration.ofMillis(7).toNanos());
    assertThat(target.streams.get(0).audioNanos).isEmpty();
    assertThat(target.streams.get(0).cancelled).isTrue();
  }

  @Test
  void startsQueriesThoughNoneIsAnswered() {
    VirtualTarget target = client(new Behaviour() {});

    run(target, 50, Duration.ofMillis(100), Duration.ofSeconds(6));

    assertThat(target.streams).hasSize(50);
    assertThat(millis(List.of(target.streams.get(49).openedNanos))).containsExactly(4_900L);
  }

  /**
   * The server takes nothing for a second. Queries that should have been spoken meanwhile are sent
   * late; counted from when they were sent they look fine.
   */
  @Test
  void chargesTheServerForAStallThatHoldsUpTheGenerator() {
    boolean[] stalled = new boolean[1];
    Behaviour stalls =
        new Behaviour() {
          @Override
          public void audio(Stream stream) {
            if (!stalled[0] && time.nanos() - origin > Duration.ofSeconds(3).toNanos()) {
              stalled[0] = true;
              time.advance(Duration.ofSeconds(1));
            }
          }

          @Override
          public void finished(Stream stream) {
            stream.answerAfter(Duration.ofMillis(30), "one two");
            stream.closeAfter(Duration.ofMillis(31));
          }
        };

    run(client(stalls), 50, Duration.ofMillis(100), Duration.ofSeconds(8));

    List<Long> corrected =
        outcomes.stream().map(outcome -> outcome.latencyNanos().orElseThrow()).sorted().toList();
    List<Long> uncorrected =
        outcomes.stream()
            .map(outcome -> outcome.latencyNanos().orElseThrow() - outcome.lateNanos())
            .sorted()
            .toList();
    assertThat(outcomes).hasSize(50);
    assertThat(corrected.get(49)).isGreaterThan(Duration.ofSeconds(1).toNanos());
    assertThat(corrected.get(0)).isEqualTo(Duration.ofMillis(230).toNanos());
    // Only those whose end of speech had left before the stall, and whose last chunk had not.
    assertThat(uncorrected.get(46)).isLessThan(Duration.ofMillis(240).toNanos());
    assertThat(loop.lateMicros().getMaxValue()).isGreaterThan(900_000);
  }

  @Test
  void abandonsWithoutOutcomes() {
    VirtualTarget target = client(new Behaviour() {});
    run(target, 3, Duration.ofMillis(100), Duration.ofMillis(500));

    loop.abandon();

    assertThat(outcomes).isEmpty();
    assertThat(target.streams).hasSize(3).allMatch(stream -> stream.cancelled);
    assertThat(loop.step()).isEqualTo(OpenQuery.NEVER);
  }

  private void run(VirtualTarget target, int queries, Duration gap, Duration length) {
    Utterance utterance =
        target.serverFindsEnd()
            ? Utterance.openMicrophone(QUERY, settings)
            : Utterance.endedByClient(QUERY, settings);
    List<OpenQuery> arrivals = new ArrayList<>();
    for (int i = 0; i < queries; i++) {
      Intent intent = new Intent(i, utterance, origin, origin + i * gap.toNanos());
      arrivals.add(new OpenQuery(intent, settings, target.serverFindsEnd(), time, outcomes::add));
    }
    loop = new PacingLoop(time, target, arrivals, () -> {});
    while (time.nanos() - origin < length.toNanos()) {
      loop.step();
      time.advance(Duration.ofMillis(1));
    }
  }

  private VirtualTarget client(Behaviour behaviour) {
    return new VirtualTarget(time, false, behaviour);
  }

  private VirtualTarget server(Behaviour behaviour) {
    return new VirtualTarget(time, true, behaviour);
  }

  /** Answers when asked to. */
  private static Behaviour answering(Duration delay) {
    return new Behaviour() {
      @Override
      public void finished(Stream stream) {
        stream.answerAfter(delay, "one two");
        stream.closeAfter(delay);
      }
    };
  }

  /** Answers once it has heard the speech and so much after it. */
  private static Behaviour endpointing(Duration wait) {
    return new Behaviour() {
      private boolean answered;

      @Override
      public void audio(Stream stream) {
        if (!answered && stream.heardLength().compareTo(SPEECH_END.plus(wait)) >= 0) {
          answered = true;
          stream.answerAfter(Duration.ZERO, "one two");
        }
      }

      @Override
      public void finished(Stream stream) {
        stream.closeAfter(Duration.ofMillis(1));
      }
    };
  }

  private List<Long> millis(List<Long> nanos) {
    return nanos.stream().map(at -> (at - origin) / 1_000_000).toList();
  }
}
