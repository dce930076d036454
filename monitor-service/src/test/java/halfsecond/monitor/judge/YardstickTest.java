// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How long until a false alarm, and how soon a true one, with references of all sizes. */
final class YardstickTest {
  private static final Instant AT = Instant.parse("2026-03-02T10:00:00Z");
  private static final int STREAMS = 200;
  private static final int LENGTH = 5_000;

  /**
   * So low that false alarms can be counted: one in 22,000 values with a perfect reference, in
   * about 41 of the streams.
   */
  private static final double CERTAINTY = 10;

  private final Random random = new Random(11);

  @Test
  void aRateWithoutAnEventSoFarNeedNotBeZero() {
    int alarms = 0;
    for (int i = 0; i < STREAMS; i++) {
      alarms += falls(Evidences.watched(Watchlist.NULL_TRANSCRIPTS), rates(300, 0.02), 0.02);
    }
    assertThat(alarms).as("false alarms").isLessThan(41);
  }

  @Test
  void aLevelOfWhichLittleIsKnownIsGivenRoom() {
    int alarms = 0;
    for (int i = 0; i < STREAMS; i++) {
      alarms += falls(Evidences.watched("pipeline.level"), levels(300), Double.NaN);
    }
    assertThat(alarms).as("false alarms").isLessThan(41);
  }

  @Test
  void theLargerTheReferenceTheSmallerIsWhatIsSeen() {
    Watched nulls = Evidences.watched(Watchlist.NULL_TRANSCRIPTS);
    Yardstick little =
        Yardstick.of(nulls, Criteria.of(Pace.CONSUMER, Evidences.KITE), evenly(1_000));
    Yardstick much =
        Yardstick.of(nulls, Criteria.of(Pace.CONSUMER, Evidences.KITE), evenly(100_000));

    assertThat(speed(much, 0.04)).isGreaterThan(speed(little, 0.04));
    assertThat(speed(much, 0.028)).isPositive();
    assertThat(speed(little, 0.028)).as("may have been so before").isNegative();
  }

  @Test
  void oneBrokenClipCountsAsFarAndNotAsEndless() {
    Yardstick level =
        Yardstick.of(
            Evidences.watched("pipeline.level"),
            Criteria.of(Pace.CONSUMER, Evidences.KITE),
            levels(10_000));

    assertThat(level.rise(1e9, AT)).isEqualTo(level.rise(100, AT)).isLessThan(4);
    assertThat(level.fall(-1e9, AT)).isCloseTo(level.rise(1e9, AT), within(1e-9));
  }

  @Test
  void whereAllValuesAreTheSameTheGrainIsTheMeasure() {
    Watched lead = Evidences.watched("vad.leading_silence");
    PeriodOfValues same = new PeriodOfValues(true, Pace.CONSUMER);
    for (int i = 0; i < 1_000; i++) {
      same.add(0.2, AT);
    }
    Yardstick yardstick =
        Yardstick.of(lead, Criteria.of(Pace.CONSUMER, Evidences.KITE), Reference.of(List.of(same)));

    assertThat(yardstick.effect(0.2, 0.21)).isCloseTo(1, within(1e-9));
    assertThat(yardstick.rise(0.2, AT)).isNegative();
    assertThat(yardstick.rise(0.22, AT)).isPositive();
  }

  @Test
  void aRateThatIsAlmostAlwaysSoCanStillFallAndRise() {
    Watched rate = Evidences.watched(Watchlist.NULL_TRANSCRIPTS);
    Yardstick yardstick =
        Yardstick.of(rate, Criteria.of(Pace.CONSUMER, Evidences.KITE), rates(100_000, 0.98));

    assertThat(yardstick.fall(0, AT)).isPositive();
    assertThat(yardstick.fall(1, AT)).isNegative();
    assertThat(yardstick.rise(1, AT)).isPositive();
    assertThat(yardstick.rise(0, AT)).isNegative();
  }

  @Test
  void thatEverybodyGetsNoWordsIsCalledSooner() {
    Watched nulls = Evidences.watched(Watchlist.NULL_TRANSCRIPTS);
    Reference reference = evenly(100_000);
    Yardstick all = Yardstick.of(nulls, Criteria.of(Pace.CONSUMER, null), reference);
    Yardstick some = Yardstick.of(nulls, Criteria.of(Pace.CONSUMER, Evidences.KITE), reference);

    assertThat(some.riseLimit(AT) - all.riseLimit(AT))
        .isCloseTo(2 * reference.inflation(), within(1e-9));
    assertThat(all.fallLimit(AT)).as("a fall hurts nobody").isEqualTo(some.fallLimit(AT));
  }

  @Test
  void aReactionOfEverybodyIsNoMoreUrgentThanThatOfSome() {
    Watched redos = Evidences.watched("pipeline.redos");
    Reference reference = evenly(100_000);

    assertThat(Yardstick.of(redos, Criteria.of(Pace.CONSUMER, null), reference).riseLimit(AT))
        .isEqualTo(
            Yardstick.of(redos, Criteria.of(Pace.CONSUMER, Evidences.KITE), reference)
                .riseLimit(AT));
  }

  /** Of the sum, for each value on average, as a share of the limit. */
  private static double speed(Yardstick rate, double after) {
    double step = after * rate.rise(1, AT) + (1 - after) * rate.rise(0, AT);
    return step / rate.riseLimit(AT);
  }

  /** 1 if the rest of the stream, in which nothing happens, is taken for a change. */
  private int falls(Watched watched, Reference reference, double rate) {
    Pace pace = new Pace(Duration.ofMinutes(5), 1, 300, CERTAINTY, Duration.ofDays(1));
    Yardstick yardstick = Yardstick.of(watched, Criteria.of(pace, Evidences.KITE), reference);
    Climb up = new Climb();
    Climb down = new Climb();
    for (int i = 0; i < LENGTH; i++) {
      double value =
          watched.kind() == Watched.Kind.RATE
              ? random.nextDouble() < rate ? 1 : 0
              : random.nextGaussian();
      double height = up.add(yardstick.rise(value, AT), value, AT);
      double depth = down.add(yardstick.fall(value, AT), value, AT);
      if (height >= yardstick.riseLimit(AT) || depth >= yardstick.fallLimit(AT)) {
        return 1;
      }
    }
    return 0;
  }

  private Reference rates(int count, double rate) {
    PeriodOfValues period = new PeriodOfValues(false, Pace.CONSUMER);
    for (int i = 0; i < count; i++) {
      period.add(random.nextDouble() < rate ? 1 : 0, AT);
    }
    return Reference.of(List.of(period));
  }

  /** One in fifty, exactly. */
  private static Reference evenly(int count) {
    PeriodOfValues period = new PeriodOfValues(false, Pace.CONSUMER);
    for (int i = 0; i < count; i++) {
      period.add(i % 50 == 0 ? 1 : 0, AT);
    }
    return Reference.of(List.of(period));
  }

  private Reference levels(int count) {
    PeriodOfValues period = new PeriodOfValues(true, Pace.CONSUMER);
    for (int i = 0; i < count; i++) {
      period.add(random.nextGaussian(), AT);
    }
    return Reference.of(List.of(period));
  }
}
