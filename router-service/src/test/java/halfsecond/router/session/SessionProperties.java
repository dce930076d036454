// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.common.error.Reason;
import halfsecond.router.utterance.Finality;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever happens in whatever order: one closing answer for each utterance, one end, nothing left
 * open.
 */
final class SessionProperties {
  private static final int CASES = 400;
  private static final int STEPS = 120;

  static LongStream seeds() {
    return LongStream.range(0, CASES);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyUtteranceIsClosedOnceUnlessTheClientIsGone(long seed) {
    Interleaving run = new Interleaving(new Random(seed));
    for (int step = 0; step < STEPS; step++) {
      run.step();
    }
    run.settle();

    Stage stage = run.stage;
    assertThat(stage.bugs).isEmpty();
    assertThat(stage.released).isEqualTo(1);
    assertThat(stage.out.closed).doesNotHaveDuplicates();
    assertThat(stage.vad.streams).allMatch(s -> s.cancelled || s.over);
    assertThat(stage.recognition.streams).allMatch(s -> s.cancelled || s.over || s.closed);
    assertThat(run.admission.open).isEmpty();
    assertThat(stage.replays.memory().usedBytes()).isZero();
    assertThat(stage.records.stream().filter(r -> r.revision() == 1))
        .hasSameSizeAs(stage.out.closed);
    assertThat(stage.records.stream().filter(r -> r.revision() == 2).map(r -> r.utteranceId()))
        .doesNotHaveDuplicates();
    if (run.gone) {
      assertThat(stage.out.over).isFalse();
    } else {
      assertThat(stage.out.over).isTrue();
      // Every utterance for which recognition was opened got its closing answer, in order.
      assertThat(stage.out.closed).containsExactlyElementsOf(run.begun());
      assertThat(stage.out.told).endsWith("ended").doesNotContainSubsequence("ended", "final");
    }
    run.checkAnswers();
  }

  /**
   * One random course of events; the detector and recognition keep to their contracts, mostly.
   * Recognition's text says of which attempt it is and how much audio it had.
   */
  private static final class Interleaving {
    final CountingAdmission admission = new CountingAdmission();
    final Stage stage = new Stage().eventful().admitting(admission).open();
    private final Random random;
    private long spokenFrom = -1;
    private long clipEnd;
    private boolean halfClosed;
    boolean gone;

    Interleaving(Random random) {
      this.random = random;
    }

    /** The utterances for which recognition was asked, in order. */
    List<String> begun() {
      return stage.recognition.streams.stream()
          .map(s -> s.request.utteranceId())
          .distinct()
          .toList();
    }

    void step() {
      if (stage.released > 0) {
        return;
      }
      int die = random.nextInt(100);
      if (die < 38 && !halfClosed) {
        stage.pass(random.nextInt(200));
        stage.audio(20 * random.nextInt(10));
      } else if (die < 60) {
        detector();
      } else if (die < 84) {
        recognition();
      } else if (die < 87 && !halfClosed) {
        stage.session().finalizeUtterance();
      } else if (die < 90) {
        stage.out.ready = random.nextInt(4) > 0;
        stage.session().outputReady();
      } else if (die < 93) {
        stage.tickAfter(Duration.ofMillis(random.nextInt(1500)));
      } else if (die < 95) {
        stage.recognition.absent = random.nextInt(3) == 0;
        stage.vad.absent = random.nextInt(6) == 0;
      } else if (die == 95 && random.nextInt(3) == 0) {
        halfClosed = true;
        stage.session().halfClose();
      } else if (die == 96 && random.nextInt(8) == 0) {
        gone = true;
        stage.session().clientGone();
      } else if (die == 97 && random.nextInt(2) == 0 && !stage.vad.stream().over) {
        stage.vad.stream().lost();
      }
    }

    /** Starts, continues or ends an utterance in the audio that the detector has. */
    private void detector() {
      FakeVad.Stream vad = stage.vad.stream();
      long head = vad.received();
      if (vad.over || vad.cancelled) {
        return;
      }
      if (vad.inUtterance()) {
        if (random.nextInt(3) == 0 || vad.halfClosed) {
          spokenFrom = -1;
          clipEnd = head;
          vad.ended(head, head, vad.halfClosed ? EndReason.STREAM_END : EndReason.END_OF_SPEECH);
        } else {
          vad.acknowledged(head);
        }
      } else if (spokenFrom >= 0 && head > spokenFrom) {
        // Another detector hears again what the lost one heard.
        vad.started(spokenFrom, spokenFrom, head);
      } else if (head > clipEnd && !vad.halfClosed && spokenFrom < 0) {
        spokenFrom = clipEnd + random.nextInt((int) Math.min(head - clipEnd, 16_000));
        vad.started(spokenFrom, spokenFrom, head);
      } else if (vad.halfClosed) {
        vad.completed();
      } else {
        vad.progress(head);
      }
    }

    /**
     * Something happens to one of the clips; finals also come twice, late, or for another attempt.
     */
    private void recognition() {
      if (stage.recognition.streams.isEmpty()) {
        return;
      }
      int last = stage.recognition.streams.size();
      FakeRecognition.Stream clip =
          stage.recognition.streams.get(Math.max(0, last - 1 - random.nextInt(3)));
      switch (random.nextInt(12)) {
        case 0, 1 -> clip.hypothesis(text(clip));
        case 2, 3, 4 -> {
          if (clip.finished) {
            clip.answers(text(clip));
          }
        }
        case 5 -> clip.answers(text(clip), clip.request.attempt() + 1, true);
        case 6 -> clip.ready = false;
        case 7 -> clip.becomesReady();
        case 8 -> breaks(clip);
        case 9 -> clip.alive = random.nextInt(3) > 0;
        case 10 -> {
          if (clip.finished) {
            clip.answers(text(clip), clip.request.attempt(), false);
          }
        }
        case 11 -> clip.slow();
        default -> throw new IllegalStateException();
      }
    }

    private void breaks(FakeRecognition.Stream clip) {
      Reason[] reasons = {
        Reason.BACKEND_UNAVAILABLE, Reason.DRAINING, Reason.SATURATED, Reason.INTERNAL
      };
      if (!clip.over && random.nextInt(2) == 0) {
        clip.fails(reasons[random.nextInt(reasons.length)]);
      }
    }

    private static String text(FakeRecognition.Stream clip) {
      return clip.backend + " " + clip.received();
    }

    /** No answer is of an attempt that was given up, and a full one is of the whole clip. */
    void checkAnswers() {
      for (FinalResult result : stage.out.finals) {
        String text = result.alternatives().get(0).transcript();
        if (result.finality() == Finality.DEADLINE) {
          continue;
        }
        List<FakeRecognition.Stream> attempts =
            stage.recognition.streams.stream()
                .filter(s -> s.request.utteranceId().equals(result.utteranceId()))
                .toList();
        FakeRecognition.Stream answering = attempts.get(attempts.size() - 1);
        long from = result.clipStart();
        long to = result.endOffset().toMillis() * 16;
        assertThat(text).isEqualTo(answering.backend + " " + (to - from));
        assertThat(answering.audio()).isEqualTo(stage.sent(from, to));
      }
    }

    /**
     * Everybody becomes well again and the client half-closes; then the session has to come to its
     * end, and what is late after it.
     */
    void settle() {
      stage.out.ready = true;
      stage.recognition.absent = false;
      stage.vad.absent = false;
      for (int round = 0; round < 200 && stage.released == 0; round++) {
        stage.session().outputReady();
        if (!halfClosed) {
          halfClosed = true;
          stage.session().halfClose();
        }
        stage.pass(20);
        List.copyOf(stage.recognition.streams).forEach(FakeRecognition.Stream::becomesReady);
        stage.recognition.streams.stream()
            .filter(s -> s.finished)
            .toList()
            .forEach(s -> s.answers(text(s)));
        detector();
      }
      stage.pass(10_000);
    }
  }
}
