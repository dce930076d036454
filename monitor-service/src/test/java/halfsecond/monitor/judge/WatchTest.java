// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import halfsecond.monitor.judge.Watch.News;
import halfsecond.monitor.record.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** One value a minute, from midnight on. */
final class WatchTest {
  private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
  private static final int DAY = 1_440;

  private final Random random = new Random(4);
  private Instant now = START;

  @Test
  void findsAShiftSoonAndSaysHowLargeItIsAndWhenItIsOver() {
    Watch watch = watch(Watched.Kind.LEVEL);
    assertThat(days(watch, 3, 0)).isZero();

    long found = untilNews(watch, 1.0);
    assertThat(found).isBetween(10L, 120L);
    Instant began = finding(watch).began();
    assertThat(Duration.between(began, now)).isLessThan(Duration.ofMinutes(found + 30));

    assertThat(untilNews(watch, 1.0)).isEqualTo(300);
    assertThat(finding(watch).effect()).isCloseTo(1.0, within(0.2));

    assertThat(untilNews(watch, 0)).isLessThanOrEqualTo(900);
    assertThat(watch.finding()).isNull();
  }

  @Test
  void takesTheRhythmOfTheDayForNothingNew() {
    Watch watch = watch(Watched.Kind.LEVEL);
    for (int minute = 0; minute < 8 * DAY; minute++) {
      double rhythm = 0.6 * Math.sin(2 * Math.PI * minute / DAY);
      assertThat(add(watch, random.nextGaussian() + rhythm)).isEqualTo(News.NONE);
      assertThat(minute % 180 == 0 && notable(watch)).isFalse();
    }
  }

  @Test
  void takesNoSingleValueForAChangeHoweverFarAway() {
    Watch watch = watch(Watched.Kind.LEVEL);
    days(watch, 2, 0);

    assertThat(add(watch, 1e6)).isEqualTo(News.NONE);
    assertThat(days(watch, 1, 0)).isZero();
  }

  @Test
  void saysNothingBeforeAWholeDayIsKnown() {
    Watch watch = watch(Watched.Kind.LEVEL);
    now = START.plus(Duration.ofHours(5));

    for (int minute = 0; minute < 19 * 60; minute++) {
      assertThat(add(watch, random.nextGaussian())).isEqualTo(News.NONE);
    }
    for (int minute = 0; minute < DAY; minute++) {
      assertThat(add(watch, 3 + random.nextGaussian())).isEqualTo(News.NONE);
    }
    assertThat(untilNews(watch, 0)).isLessThan(60);
  }

  @Test
  void findsThatARateHasDoubled() {
    Watch watch = watch(Watched.Kind.RATE);
    for (int minute = 0; minute < 7 * DAY; minute++) {
      assertThat(add(watch, random.nextDouble() < 0.02 ? 1 : 0)).isEqualTo(News.NONE);
    }

    long found = 0;
    do {
      found++;
    } while (add(watch, random.nextDouble() < 0.04 ? 1 : 0) == News.NONE);

    assertThat(found).isLessThan(4_000);
    assertThat(finding(watch).effect()).isBetween(0.008, 0.04);
  }

  @Test
  void findsWhatGrowsSlowlyByComparingDays() {
    Watch watch = watch(Watched.Kind.LEVEL);
    days(watch, 7, 0);

    int hours = 0;
    while (!notable(watch)) {
      assertThat(hours++).isLessThan(72);
      for (int minute = 0; minute < 60; minute++) {
        assertThat(add(watch, random.nextGaussian() + 0.005 * hours)).isEqualTo(News.NONE);
      }
    }
    assertThat(hours).isGreaterThan(12);
  }

  @Test
  void takesWhatHasLastedForNormalOnceItIsKnown() {
    Pace pace = new Pace(Duration.ofDays(1), 3, 1_000, 19, Duration.ofDays(2));
    Watch watch = watch(Watched.Kind.LEVEL, pace);
    days(watch, 3, 0);
    untilNews(watch, 1.0);
    Instant found = now;

    News news;
    do {
      news = add(watch, 1.0 + random.nextGaussian());
    } while (news == News.NONE || news == News.MEASURED);

    assertThat(news).isEqualTo(News.NORMAL);
    assertThat(watch.finding()).isNull();
    assertThat(Duration.between(found, now)).isBetween(Duration.ofDays(2), Duration.ofDays(3));
    assertThat(days(watch, 2, 1.0)).isZero();
    assertThat(untilNews(watch, 0)).isLessThan(120);
  }

  @Test
  void suspectsBeforeItIsSureAndDropsWhatWasNothing() {
    Watch watch = watch(Watched.Kind.LEVEL);
    days(watch, 3, 0);

    assertThat(untilDoubt(watch, 1.0)).isEqualTo(News.SUSPECTED);
    Finding suspicion = Objects.requireNonNull(watch.suspicion());
    assertThat(suspicion.statistic()).isBetween(0.8 * suspicion.limit(), suspicion.limit());
    assertThat(watch.finding()).isNull();

    assertThat(untilDoubt(watch, 0)).isEqualTo(News.CLEARED);
    assertThat(watch.suspicion()).isNull();

    assertThat(untilDoubt(watch, 1.0)).isEqualTo(News.SUSPECTED);
    Instant began = Objects.requireNonNull(watch.suspicion()).began();
    assertThat(untilNews(watch, 1.0)).isLessThan(60);
    assertThat(finding(watch).began()).isEqualTo(began);
    assertThat(watch.suspicion()).as("it is certain").isNull();
  }

  @Test
  void suspectsOneThingAtATimeAndNothingThatIsKnown() {
    Watch watch = watch(Watched.Kind.LEVEL);
    days(watch, 3, 0);
    Finding slow = Evidences.gradual(now, 0, 0.2, 0.2);

    assertThat(watch.suspect(slow)).isTrue();
    assertThat(watch.suspect(slow)).isFalse();
    assertThat(watch.clear(Finding.Change.SUDDEN)).as("the other kind").isFalse();
    assertThat(watch.clear(Finding.Change.GRADUAL)).isTrue();
    assertThat(watch.clear(Finding.Change.GRADUAL)).isFalse();

    watch.found(slow);
    assertThat(watch.suspect(slow)).isFalse();
  }

  /** News of any kind. */
  private News untilDoubt(Watch watch, double mean) {
    for (long count = 1; count <= DAY; count++) {
      now = now.plusSeconds(60);
      News news = watch.add(mean + random.nextGaussian(), now);
      if (news != News.NONE) {
        return news;
      }
    }
    throw new AssertionError("no news in a day");
  }

  /** News within so many days of values around {@code mean}. */
  private int days(Watch watch, int days, double mean) {
    int news = 0;
    for (int minute = 0; minute < days * DAY; minute++) {
      news += add(watch, mean + random.nextGaussian()) == News.NONE ? 0 : 1;
    }
    return news;
  }

  private long untilNews(Watch watch, double mean) {
    for (long count = 1; count <= 2 * DAY; count++) {
      if (add(watch, mean + random.nextGaussian()) != News.NONE) {
        return count;
      }
    }
    throw new AssertionError("no news in two days");
  }

  /** What is certain. */
  private News add(Watch watch, double value) {
    now = now.plusSeconds(60);
    News news = watch.add(value, now);
    return news == News.SUSPECTED || news == News.CLEARED ? News.NONE : news;
  }

  private boolean notable(Watch watch) {
    Comparison comparison = watch.compare(now);
    return comparison != null && comparison.changed(comparison.pValue(), 1e-5);
  }

  private static Finding finding(Watch watch) {
    return Objects.requireNonNull(watch.finding(), "nothing was found");
  }

  private static Watch watch(Watched.Kind kind) {
    return watch(kind, Pace.CONSUMER);
  }

  private static Watch watch(Watched.Kind kind, Pace pace) {
    double notable = kind == Watched.Kind.LEVEL ? 0.25 : 0.5;
    return new Watch(
        new Watched(
            "test.value",
            Stage.ASR,
            Watched.Role.OUTCOME,
            kind,
            "1",
            notable,
            0.01,
            utterance -> OptionalDouble.empty()),
        Criteria.of(pace, null));
  }
}
