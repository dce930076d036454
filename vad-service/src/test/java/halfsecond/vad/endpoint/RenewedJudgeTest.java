// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RenewedJudgeTest {
  private static final int RATE = 16_000;
  private static final long MEMORY_SAMPLES = RenewedJudge.MEMORY.toSeconds() * RATE;
  private static final int PERIOD_FRAMES = (int) (RenewedJudge.PERIOD.toMillis() / 20);

  private final List<Aging> opened = new ArrayList<>();

  /** What it says depends on how many frames it has heard: an adapting judge at its worst. */
  private static final class Aging implements FrameJudge {
    private int age;
    private boolean closed;

    @Override
    public boolean isVoiced(short[] frame) {
      assertThat(closed).as("closed").isFalse();
      return verdict(age++);
    }

    static boolean verdict(int age) {
      return Integer.bitCount(age * 0x9E37_79B9) % 2 == 1;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private RenewedJudge judge(int frameMillis, long startSample) {
    return new RenewedJudge(
        () -> {
          Aging fresh = new Aging();
          opened.add(fresh);
          return fresh;
        },
        RATE,
        frameMillis,
        startSample);
  }

  private long alive() {
    return opened.stream().filter(judge -> !judge.closed).count();
  }

  private static List<Boolean> hear(RenewedJudge judge, long frames) {
    List<Boolean> verdicts = new ArrayList<>();
    for (long i = 0; i < frames; i++) {
      verdicts.add(judge.isVoiced(new short[0]));
    }
    return verdicts;
  }

  @Test
  void letsTheFirstJudgeSpeakForTwoPeriods() {
    List<Boolean> verdicts = hear(judge(20, 0), 2L * PERIOD_FRAMES + 50);

    for (int i = 0; i < 2 * PERIOD_FRAMES; i++) {
      assertThat(verdicts.get(i)).isEqualTo(Aging.verdict(i));
    }
    for (int i = 2 * PERIOD_FRAMES; i < verdicts.size(); i++) {
      assertThat(verdicts.get(i)).isEqualTo(Aging.verdict(i - PERIOD_FRAMES));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 20, 30})
  void saysTheSameWhenItResumesItsMemoryBefore(int frameMillis) {
    int frame = RATE / 1000 * frameMillis;
    long frames = 5 * MEMORY_SAMPLES / frame;
    List<Boolean> undisturbed = hear(judge(frameMillis, 0), frames);
    Random random = new Random(frameMillis);
    for (int i = 0; i < 200; i++) {
      long start = random.nextInt((int) (4 * MEMORY_SAMPLES));
      int first = (int) ((start + frame - 1) / frame);
      List<Boolean> resumed = hear(judge(frameMillis, start), frames - first);

      int exact = (int) (MEMORY_SAMPLES / frame);
      assertThat(resumed.subList(exact, resumed.size()))
          .as("resumed at %d", start)
          .isEqualTo(undisturbed.subList(first + exact, undisturbed.size()));
    }
  }

  @Test
  void forgetsWhatIsOlderThanItsMemory() {
    int exact = 2 * PERIOD_FRAMES;
    List<Boolean> undisturbed = hear(judge(20, 0), 4L * PERIOD_FRAMES);
    List<Boolean> late = hear(judge(20, RATE * 3L), 4L * PERIOD_FRAMES - 150);

    assertThat(late.subList(0, exact - 150)).isNotEqualTo(undisturbed.subList(150, exact));
  }

  @Test
  void keepsTwoJudgesAtMostAndClosesThem() {
    RenewedJudge judge = judge(20, 0);
    for (int i = 0; i < 10 * PERIOD_FRAMES; i++) {
      judge.isVoiced(new short[0]);
      assertThat(alive()).isBetween(1L, 2L);
    }
    judge.close();
    judge.close();

    assertThat(opened).hasSize(10);
    assertThat(alive()).isZero();
  }
}
