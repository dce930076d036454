// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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
    assertThat(stage.vad.stream().cancelled || stage.vad.stream().over).isTrue();
    assertThat(stage.recognition.streams).allMatch(s -> s.cancelled || s.over || run.answered(s));
    assertThat(stage.records).hasSameSizeAs(stage.out.closed);
    if (run.gone) {
      assertThat(stage.out.over).isFalse();
    } else {
      assertThat(stage.out.over).isTrue();
      // Every utterance for which recognition was opened got its closing answer, in order.
      assertThat(stage.out.closed)
          .containsExactlyElementsOf(
              stage.recognition.streams.stream().map(s -> s.request.utteranceId()).toList());
      assertThat(stage.out.told).endsWith("ended").doesNotContainSubsequence("ended", "final");
    }
  }

  /** One random course of events; the detector and recognition keep to their contracts, mostly. */
  private static final class Interleaving {
    final Stage stage = new Stage().eventful().open();
    private final Random random;
    private long spokenFrom = -1;
    private long clipEnd;
    private boolean halfClosed;
    boolean gone;

    Interleaving(Random random) {
      this.random = random;
    }

    void step() {
      if (stage.released > 0) {
        return;
      }
      int die = random.nextInt(100);
      if (die < 40 && !halfClosed) {
        stage.pass(random.nextInt(300));
        stage.audio(20 * random.nextInt(10));
      } else if (die < 62) {
        detector();
      } else if (die < 84) {
        recognition();
      } else if (die < 88 && !halfClosed) {
        stage.session().finalizeUtterance();
      } else if (die < 92) {
        stage.out.ready = random.nextInt(4) > 0;
        stage.session().outputReady();
      } else if (die < 97) {
        stage.tickAfter(Duration.ofMillis(random.nextInt(1500)));
      } else if (die == 97 && random.nextInt(3) == 0) {
        halfClosed = true;
        stage.session().halfClose();
      } else if (die == 98 && random.nextInt(4) == 0) {
        gone = true;
        stage.session().clientGone();
      } else if (die == 99 && random.nextInt(6) == 0) {
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
      if (spokenFrom >= 0) {
        if (random.nextInt(3) == 0 || vad.halfClosed) {
          spokenFrom = -1;
          clipEnd = head;
          vad.ended(head, head, vad.halfClosed ? EndReason.STREAM_END : EndReason.END_OF_SPEECH);
        } else {
          vad.acknowledged(head);
        }
      } else if (head > clipEnd && !vad.halfClosed) {
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
      switch (random.nextInt(9)) {
        case 0, 1 -> clip.hypothesis("text");
        case 2, 3, 4 -> {
          if (clip.finished) {
            clip.answers("text");
          }
        }
        case 5 -> clip.answers("text", 2, true);
        case 6 -> clip.ready = false;
        case 7 -> clip.becomesReady();
        case 8 -> {
          if (random.nextInt(3) == 0) {
            clip.lost();
          }
        }
        default -> throw new IllegalStateException();
      }
    }

    boolean answered(FakeRecognition.Stream clip) {
      return stage.out.closed.contains(clip.request.utteranceId());
    }

    /**
     * Everybody becomes well again and the client half-closes; then the session has to come to its
     * end.
     */
    void settle() {
      stage.out.ready = true;
      for (int round = 0; round < 200 && stage.released == 0; round++) {
        stage.session().outputReady();
        if (!halfClosed) {
          halfClosed = true;
          stage.session().halfClose();
        }
        stage.recognition.streams.forEach(FakeRecognition.Stream::becomesReady);
        stage.recognition.streams.stream().filter(s -> s.finished).forEach(s -> s.answers("end"));
        detector();
      }
    }
  }
}
