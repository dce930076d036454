// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.reported;

import static halfsecond.monitor.reported.Reporter.DAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import halfsecond.monitor.catalogue.Metric.Direction;
import halfsecond.monitor.catalogue.Metric.Kind;
import halfsecond.monitor.catalogue.TestKind;
import halfsecond.monitor.judge.ThresholdInForce;
import halfsecond.monitor.metric.StageSample;
import halfsecond.monitor.metric.StageSample.Increment;
import halfsecond.monitor.metric.StageSample.Measurements;
import halfsecond.monitor.metric.StageSample.Reading;
import halfsecond.monitor.metric.StageSample.Share;
import halfsecond.monitor.threshold.Setting;
import halfsecond.monitor.threshold.Target;
import halfsecond.monitor.threshold.ThresholdChange;
import halfsecond.monitor.window.CohortKey;
import halfsecond.monitor.window.Who;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

final class ReportedWatchTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final String ERRORS = "asr.errors";
  private static final String MADE = "asr.made";

  private final Reporter reporter = new Reporter();
  private final Random random = new Random(11);

  @Test
  void oneErrorIsOneTooMany() {
    reporter.report(ERRORS, HOUR, minute -> new Increment(0));
    reporter.add(ERRORS, Who.ALL, new Increment(3));
    reporter.pass(Duration.ofMinutes(5));

    ReportedAlarm alarm = reporter.only();
    assertThat(alarm.resolved()).isEmpty();
    assertThat(alarm.finding().after()).isCloseTo(3 / 300.0, within(1e-9));
    assertThat(alarm.finding().limit()).isZero();

    reporter.pass(Duration.ofMinutes(15));

    assertThat(reporter.only().resolved()).isPresent();
  }

  @Test
  void limitsAreThoseThatSomebodySet() {
    reporter.declare(MADE, Kind.GAUGE, Direction.TWO_SIDED, TestKind.FIXED_LIMIT);
    reporter.report(MADE, HOUR, minute -> new Reading(100));
    assertThat(reporter.alarms()).as("without a limit").isEmpty();

    set(MADE, limits(20.0, 80.0));
    reporter.report(MADE, Duration.ofMinutes(5), minute -> new Reading(81));
    assertThat(reporter.only().finding().limit()).isEqualTo(80);
    reporter.report(MADE, Duration.ofMinutes(20), minute -> new Reading(50));
    assertThat(reporter.only().resolved()).isPresent();
    reporter.report(MADE, Duration.ofMinutes(5), minute -> new Reading(19));

    assertThat(reporter.fired()).hasSize(2);
    assertThat(reporter.fired().get(1).finding().limit()).isEqualTo(20);
  }

  @Test
  void aGaugeBeyondItsBandThreeTimesInARow() {
    reporter.declare(MADE, Kind.GAUGE, Direction.TWO_SIDED, TestKind.ADAPTIVE_BAND);
    reporter.report(MADE, DAY.multipliedBy(3), this::rhythm);
    assertThat(reporter.fired()).as("three ordinary days").isEmpty();
    Instant changed = reporter.now();

    reporter.report(MADE, Duration.ofMinutes(10), minute -> above(rhythm(minute), 15));
    assertThat(reporter.fired()).as("after ten minutes").isEmpty();
    reporter.report(MADE, Duration.ofMinutes(6), minute -> above(rhythm(minute), 15));

    ReportedAlarm alarm = reporter.only();
    assertThat(alarm.began()).isEqualTo(changed);
    assertThat(alarm.fired().orElseThrow()).isEqualTo(changed.plus(Duration.ofMinutes(15)));
    assertThat(alarm.finding().after() - alarm.finding().before()).isCloseTo(15, within(4.0));
  }

  @ParameterizedTest
  @EnumSource(names = {"KOLMOGOROV_SMIRNOV", "WASSERSTEIN", "POPULATION_STABILITY"})
  void valuesThatAreSpreadInAnotherWay(TestKind test) {
    reporter.declare(MADE, Kind.DISTRIBUTION, Direction.TWO_SIDED, test);
    reporter.report(MADE, Duration.ofHours(6), minute -> measured(10, 1));
    assertThat(reporter.alarms()).isEmpty();
    Instant changed = reporter.now();

    reporter.report(MADE, HOUR, minute -> measured(10, 2));

    ReportedAlarm alarm = reporter.only();
    assertThat(Duration.between(changed, alarm.fired().orElseThrow()))
        .isLessThanOrEqualTo(Duration.ofMinutes(40));
    assertThat(alarm.finding().test()).isEqualTo(test);
    assertThat(alarm.finding().after()).as("the mean is the same").isCloseTo(10, within(0.3));
  }

  @ParameterizedTest
  @EnumSource(names = {"TWO_PROPORTIONS", "P_CHART"})
  void aRateThatDoubles(TestKind test) {
    reporter.declare(MADE, Kind.PROPORTION, Direction.UP_IS_WORSE, test);
    reporter.report(MADE, Duration.ofHours(6), minute -> share(0.05));
    assertThat(reporter.alarms()).isEmpty();

    reporter.report(MADE, HOUR, minute -> share(0.10));

    assertThat(reporter.only().finding().after()).isGreaterThan(0.06);
    reporter.report(MADE, Duration.ofHours(2), minute -> share(0.05));
    assertThat(reporter.only().resolved()).isPresent();
  }

  @ParameterizedTest
  @CsvSource({"CUSUM, 15", "PAGE_HINKLEY, 15", "ADWIN, 55"})
  void minutesThatJump(TestKind test, long within) {
    reporter.declare(MADE, Kind.GAUGE, Direction.UP_IS_WORSE, test);
    reporter.report(MADE, Duration.ofHours(3), minute -> around(50));
    assertThat(reporter.alarms()).isEmpty();
    reporter.report(MADE, HOUR, minute -> around(44));
    assertThat(reporter.fired()).as("less is better").isEmpty();
    reporter.report(MADE, HOUR, minute -> around(50));
    Instant changed = reporter.now();

    reporter.report(MADE, HOUR, minute -> around(56));

    ReportedAlarm alarm = reporter.only();
    assertThat(Duration.between(changed, alarm.fired().orElseThrow()))
        .isLessThanOrEqualTo(Duration.ofMinutes(within));
    assertThat(alarm.finding().before()).isCloseTo(50, within(1.0));
    reporter.report(MADE, HOUR, minute -> around(50));
    assertThat(reporter.only().resolved()).isPresent();
  }

  @Test
  void whatLastsADayIsExpectedFromThenOn() {
    reporter.declare(MADE, Kind.GAUGE, Direction.TWO_SIDED, TestKind.CUSUM);
    reporter.report(MADE, Duration.ofHours(3), minute -> around(50));

    reporter.report(MADE, DAY.plus(HOUR.multipliedBy(3)), minute -> around(60));

    assertThat(reporter.only().resolved()).isPresent();
  }

  @Test
  void aLeakAndNoRhythm() {
    reporter.report("asr.memory", DAY.multipliedBy(4), this::rhythm);
    assertThat(reporter.alarms()).as("the rhythm of days").isEmpty();

    reporter.report(
        "asr.memory",
        DAY.multipliedBy(4),
        minute -> above(rhythm(minute), 10.0 * (minute - 4 * 1_440) / 1_440));

    reporter.report(
        "vad.memory",
        DAY.multipliedBy(4),
        minute -> above(rhythm(minute), minute < 12_800 ? 0 : 40));
    assertThat(reporter.fired().stream().map(it -> it.metric().name()))
        .as("a jump is no slope")
        .containsExactly("asr.memory");
    Finding leak = reporter.only().finding();
    assertThat(leak.effect()).isBetween(0.2, 0.8);
    assertThat(leak.test()).isEqualTo(TestKind.SLOPE);
  }

  @Test
  void whatIsNotReportedAnyMore() {
    reporter.declare(MADE, Kind.GAUGE, Direction.UP_IS_WORSE, TestKind.NO_DATA);
    reporter.report(MADE, HOUR, minute -> around(50));
    reporter.pass(Duration.ofMinutes(12));

    assertThat(reporter.only().resolved()).isEmpty();
    reporter.pass(Duration.ofHours(3));
    assertThat(reporter.only().resolved()).as("still silent").isEmpty();

    reporter.report(MADE, Duration.ofMinutes(20), minute -> around(50));

    assertThat(reporter.only().resolved()).isPresent();
  }

  @Test
  void aCohortByItself() {
    CohortKey cohort = new CohortKey(CohortKey.Dimension.DEVICE, "Nova 12");
    reporter.report(
        ERRORS,
        HOUR,
        minute -> {
          reporter.add("asr.errors", new Who(null, cohort), new Increment(0));
          return new Increment(0);
        });
    set(ERRORS, limits(null, 1.0));
    setOf(new Target(ERRORS, cohort), limits(null, 0.001));
    reporter.add(ERRORS, new Who(null, cohort), new Increment(2));
    reporter.pass(Duration.ofMinutes(5));

    assertThat(reporter.only().target()).isEqualTo(new Target(ERRORS, cohort));
  }

  /** Three days of one metric, for each test. */
  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"SEQUENTIAL", "MCNEMAR", "BURN_RATE", "SAMPLE_RATIO", "FIXED_LIMIT"})
  void staysQuietWhereNothingChanges(TestKind test) {
    Kind kind =
        test.fits(Kind.GAUGE)
            ? Kind.GAUGE
            : test.fits(Kind.PROPORTION) ? Kind.PROPORTION : Kind.DISTRIBUTION;
    reporter.declare(MADE, kind, Direction.TWO_SIDED, test);
    Function<Integer, StageSample.Value> value =
        switch (kind) {
          case PROPORTION -> minute -> share(0.05);
          case DISTRIBUTION -> minute -> measured(10, 2);
          case GAUGE, COUNTER -> minute -> around(50);
        };

    reporter.report(MADE, DAY.multipliedBy(3), value);

    assertThat(reporter.fired()).isEmpty();
  }

  @Test
  void whatIsSetHolds() {
    set(ERRORS, new Setting(null, null, null, Duration.ofMinutes(20), null, false));
    reporter.report(ERRORS, Duration.ofMinutes(20), minute -> new Increment(1));
    assertThat(reporter.fired()).as("held").isEmpty();
    assertThat(reporter.alarms()).hasSize(1);
    reporter.report(ERRORS, Duration.ofMinutes(10), minute -> new Increment(1));
    assertThat(reporter.only().resolved()).isEmpty();

    set(ERRORS, new Setting(null, null, null, null, null, true));

    reporter.pass(Duration.ofMinutes(1));
    assertThat(reporter.only().resolved()).as("muted").isPresent();
    reporter.report(ERRORS, HOUR, minute -> new Increment(1));
    assertThat(reporter.fired()).hasSize(1);
  }

  @Test
  void saysWhatDecides() {
    set(ERRORS, limits(null, 2.0));

    ThresholdInForce errors = inForce(ERRORS);
    ThresholdInForce memory = inForce("asr.memory");

    assertThat(errors.upperLimit()).isEqualTo(2);
    assertThat(errors.lowerLimit()).isNull();
    assertThat(inForce("vad.errors").upperLimit()).isZero();
    assertThat(memory.minimumEffect()).isEqualTo(0.2);
    assertThat(memory.upperLimit()).isNull();
    assertThat(reporter.watch.judges("asr.cpu")).as("moves with load").isFalse();
  }

  @Test
  void goesOnAfterARestart() {
    Instant before = reporter.now().minus(HOUR);
    Target target = new Target(ERRORS, null);
    reporter.watch.resume(
        List.of(
            new Ongoing("m1-errors", target, before, before, Optional.of(before)),
            new Ongoing(
                "m1-memory", new Target("asr.memory", null), before, before, Optional.of(before))),
        reporter.now());

    reporter.report(ERRORS, Duration.ofMinutes(10), minute -> new Increment(1));

    assertThat(reporter.only().id()).isEqualTo("m1-errors");
    assertThat(reporter.only().began()).isEqualTo(before);
    assertThat(reporter.lost).isEmpty();
    reporter.report(ERRORS, HOUR, minute -> new Increment(0));
    assertThat(reporter.only().resolved()).isPresent();
    assertThat(reporter.lost).as("of which nothing was heard").containsExactly("m1-memory");
  }

  @Test
  void whatWasSetLaterHoldsHoweverLateTheOtherIsHeardOf() {
    Instant early = reporter.now();
    Target target = new Target(ERRORS, null);
    reporter.watch.set(change("2", target, limits(null, 7.0), early.plusSeconds(1)));
    reporter.watch.set(change("1", target, limits(null, 5.0), early));

    assertThat(inForce(ERRORS).upperLimit()).isEqualTo(7);

    reporter.watch.set(change("4", target, null, early.plusSeconds(3)));
    reporter.watch.set(change("3", target, limits(null, 9.0), early.plusSeconds(2)));

    assertThat(inForce(ERRORS).upperLimit()).as("removed").isZero();
  }

  @Test
  void ofTwoAlarmsAboutTheSameOneGoesOn() {
    Instant before = reporter.now().minus(HOUR);
    Target target = new Target(ERRORS, null);
    reporter.watch.resume(
        List.of(
            new Ongoing("m1", target, before, before, Optional.of(before)),
            new Ongoing("m2", target, before, before, Optional.of(before))),
        reporter.now());

    reporter.report(ERRORS, Duration.ofMinutes(15), minute -> new Increment(1));

    assertThat(reporter.lost).containsExactly("m1");
    assertThat(reporter.only().id()).isEqualTo("m2");
  }

  @Test
  void whatIsMutedDoesNotGoOn() {
    Instant before = reporter.now().minus(HOUR);
    set(ERRORS, new Setting(null, null, null, null, null, true));
    reporter.watch.resume(
        List.of(new Ongoing("m1", new Target(ERRORS, null), before, before, Optional.of(before))),
        reporter.now());

    reporter.pass(Duration.ofMinutes(1));

    assertThat(reporter.lost).containsExactly("m1");
  }

  @Test
  void aCounterThatNobodyReportsIsNotBelowItsLimit() {
    reporter.declare(MADE, Kind.COUNTER, Direction.DOWN_IS_WORSE, TestKind.FIXED_LIMIT);
    set(MADE, limits(0.01, null));
    reporter.pass(HOUR);
    assertThat(reporter.alarms()).isEmpty();

    reporter.report(MADE, HOUR, minute -> new Increment(6));
    assertThat(reporter.fired()).as("six a minute").isEmpty();
    reporter.report(MADE, Duration.ofMinutes(10), minute -> new Increment(0));

    assertThat(reporter.only().finding().after()).isZero();
  }

  @Test
  void whatAnIndexMustReachIsAnIndex() {
    reporter.declare(MADE, Kind.DISTRIBUTION, Direction.TWO_SIDED, TestKind.POPULATION_STABILITY);
    set(MADE, new Setting(0.3, null, null, null, null, false));
    reporter.report(MADE, Duration.ofHours(6), minute -> measured(10, 1));

    reporter.report(MADE, HOUR, minute -> measured(10, 2.5));

    Finding finding = reporter.only().finding();
    assertThat(Math.abs(finding.effect())).isGreaterThan(0.3);
    assertThat(finding.effectUnit()).isEqualTo(Finding.INDEX);
  }

  @Test
  void aJumpOfWhatIsGoneIsOverInAnHour() {
    reporter.declare(MADE, Kind.GAUGE, Direction.TWO_SIDED, TestKind.CUSUM);
    reporter.report(MADE, Duration.ofHours(2), minute -> around(50));
    reporter.report(MADE, Duration.ofMinutes(20), minute -> around(70));
    assertThat(reporter.only().resolved()).isEmpty();

    reporter.pass(Duration.ofMinutes(75));

    assertThat(reporter.only().resolved()).isPresent();
  }

  @Test
  void fewerThanSomebodyAskedForSayNothing() {
    set(ERRORS, new Setting(null, null, 10L, null, null, false));
    reporter.report(ERRORS, HOUR, minute -> new Increment(1));

    assertThat(reporter.fired()).as("five in five minutes").isEmpty();
  }

  @Test
  void aTestThatDoesNotFitIsTheBand() {
    reporter.declare(MADE, Kind.COUNTER, Direction.TWO_SIDED, TestKind.TWO_PROPORTIONS);
    reporter.report(MADE, DAY.multipliedBy(3), minute -> new Increment(100 + minute % 7));

    reporter.report(MADE, HOUR, minute -> new Increment(300));

    assertThat(reporter.only().finding().test()).isEqualTo(TestKind.ADAPTIVE_BAND);
  }

  private ThresholdInForce inForce(String metric) {
    return reporter.watch.thresholds().stream()
        .filter(it -> it.target().equals(new Target(metric, null)))
        .findFirst()
        .orElseThrow();
  }

  private static Setting limits(@Nullable Double lower, @Nullable Double upper) {
    return new Setting(null, null, null, null, null, false, lower, upper);
  }

  private void set(String metric, Setting setting) {
    setOf(new Target(metric, null), setting);
  }

  private void setOf(Target target, Setting setting) {
    reporter.watch.set(change("1", target, setting, reporter.now()));
  }

  private static ThresholdChange change(
      String id, Target target, @Nullable Setting setting, Instant at) {
    return new ThresholdChange(id, target, null, setting, at, "a person", "for a test");
  }

  /** Half as much again at noon as at midnight. */
  private Reading rhythm(int minute) {
    double day = 2 * Math.PI * minute / 1_440;
    return new Reading(50 - 10 * Math.cos(day) + random.nextGaussian());
  }

  private static Reading above(Reading reading, double more) {
    return new Reading(reading.level() + more);
  }

  private Reading around(double level) {
    return new Reading(level + 2 * random.nextGaussian());
  }

  private Share share(double rate) {
    int events = 0;
    for (int i = 0; i < 20; i++) {
      events += random.nextDouble() < rate ? 1 : 0;
    }
    return new Share(events, 20);
  }

  private Measurements measured(double mean, double deviation) {
    return new Measurements(
        DoubleStream.generate(() -> mean + deviation * random.nextGaussian())
            .limit(10)
            .boxed()
            .toList());
  }
}
