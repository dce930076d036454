// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import halfsecond.loadtest.schedule.Schedule.Arrival;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final Duration LONG = Duration.ofSeconds(1_000);

  @Test
  void isTheSameForTheSameSeedOnly() {
    assertThat(poisson(5)).isEqualTo(poisson(5)).isNotEqualTo(poisson(6));
  }

  /** 20,000 gaps: mean and standard deviation of an exponential are both 1/rate, within 3 %. */
  @Test
  void drawsExponentialGaps() {
    List<Arrival> arrivals = poisson(1).arrivals();

    double[] gaps =
        IntStream.range(1, arrivals.size())
            .mapToDouble(
                i -> (arrivals.get(i).startNanos() - arrivals.get(i - 1).startNanos()) / 1e9)
            .toArray();
    double mean = IntStream.range(0, gaps.length).mapToDouble(i -> gaps[i]).average().orElse(0);
    double variance =
        IntStream.range(0, gaps.length)
            .mapToDouble(i -> (gaps[i] - mean) * (gaps[i] - mean))
            .average()
            .orElse(0);

    assertThat(mean).isCloseTo(0.05, within(0.0015));
    assertThat(Math.sqrt(variance)).isCloseTo(0.05, within(0.0015));
  }

  @Test
  void drawsEveryQueryAboutAsOften() {
    long[] drawn = new long[10];
    poisson(1).arrivals().forEach(arrival -> drawn[arrival.query()]++);

    assertThat(Arrays.stream(drawn).boxed())
        .allSatisfy(count -> assertThat(count).isBetween(1_800L, 2_200L));
  }

  @Test
  void keepsTheSequenceOfQueriesAtAnotherRate() {
    List<Integer> slow = queries(plan(Arrivals.POISSON, 10, Duration.ZERO));
    List<Integer> fast = queries(plan(Arrivals.POISSON, 20, Duration.ZERO));

    assertThat(fast.subList(0, 5_000)).isEqualTo(slow.subList(0, 5_000));
  }

  @Test
  void spacesFixedArrivalsEvenly() {
    Schedule schedule =
        Schedule.generate(
            new SchedulePlan(Arrivals.FIXED, 4, Duration.ofSeconds(2), Duration.ZERO, 1), 3);

    assertThat(schedule.arrivals().stream().map(arrival -> arrival.startNanos() / 1_000_000))
        .containsExactly(250L, 500L, 750L, 1000L, 1250L, 1500L, 1750L);
    assertThat(schedule.spanSeconds()).isEqualTo(1.5);
  }

  @Test
  void rampsUpToTheRate() {
    Schedule schedule = Schedule.generate(plan(Arrivals.FIXED, 20, Duration.ofSeconds(500)), 10);

    // Half of the rate on average in the ramp, a quarter of its queries in its first half.
    assertThat(between(schedule, 0, 500)).isCloseTo(5_000L, within(2L));
    assertThat(between(schedule, 0, 250)).isCloseTo(1_250L, within(2L));
    assertThat(between(schedule, 500, 1_000)).isCloseTo(10_000L, within(2L));
  }

  @Test
  void goesOnWithAnotherWithoutAPause() {
    Schedule first = poisson(1);
    Schedule both = first.followedBy(first);

    assertThat(both.arrivals()).hasSize(2 * first.arrivals().size());
    assertThat(both.arrivals().get(first.arrivals().size()).startNanos())
        .isEqualTo(LONG.toNanos() + first.arrivals().get(0).startNanos());
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan(Arrivals.FIXED, 0, Duration.ZERO))
        .withMessageContaining("rate");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan(Arrivals.FIXED, 1, LONG.plusSeconds(1)))
        .withMessageContaining("ramp");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedule.generate(plan(Arrivals.FIXED, 1e9, Duration.ZERO), 1))
        .withMessageContaining("shorten");
  }

  private static Schedule poisson(long seed) {
    return Schedule.generate(new SchedulePlan(Arrivals.POISSON, 20, LONG, Duration.ZERO, seed), 10);
  }

  private static SchedulePlan plan(Arrivals arrivals, double qps, Duration ramp) {
    return new SchedulePlan(arrivals, qps, LONG, ramp, 1);
  }

  private static List<Integer> queries(SchedulePlan plan) {
    return Schedule.generate(plan, 10).arrivals().stream().map(Arrival::query).toList();
  }

  private static long between(Schedule schedule, int from, int until) {
    return schedule.arrivals().stream()
        .filter(arrival -> arrival.startNanos() >= from * 1_000_000_000L)
        .filter(arrival -> arrival.startNanos() < until * 1_000_000_000L)
        .count();
  }
}
