// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.measure;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import halfsecond.loadtest.corpus.Query;
import halfsecond.loadtest.drive.Ending;
import halfsecond.loadtest.drive.Outcome;
import halfsecond.loadtest.result.LatencyNames;
import halfsecond.loadtest.result.Percentiles;
import halfsecond.loadtest.result.RunResult;
import halfsecond.loadtest.schedule.Arrivals;
import halfsecond.loadtest.schedule.SchedulePlan;
import halfsecond.loadtest.targets.FinalAnswer;
import halfsecond.loadtest.targets.FinalAnswer.StageTime;
import halfsecond.loadtest.targets.Refusal;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RunSummaryTest {
  private static final long MILLI = 1_000_000;
  private static final Query QUERY =
      new Query(
          "q",
          ByteString.copyFrom(new byte[32_000]),
          "ten of clubs",
          Duration.ofSeconds(1),
          Optional.of(Duration.ofMillis(950)));

  @Test
  void countsEveryEndingOnce() {
    RunResult result =
        summary(
            List.of(
                answered(0, 100, "ten of clubs"),
                answered(1, 700, "ten of gloves"),
                refused(2, true),
                refused(3, false),
                broken(4, Ending.FAILED, "UNAVAILABLE"),
                broken(5, Ending.UNANSWERED, "")),
            0);

    RunResult.Counts counts = result.counts();
    assertThat(counts.scheduled()).isEqualTo(6);
    assertThat(counts.answered() + counts.refused() + counts.failed() + counts.unanswered())
        .isEqualTo(counts.scheduled());
    assertThat(counts.withinBound()).isEqualTo(1);
    assertThat(counts.refusedAtOpen()).isEqualTo(1);
    assertThat(counts.failures()).containsExactly(Map.entry("UNAVAILABLE", 1L));
    assertThat(result.valid()).isTrue();
  }

  @Test
  void measuresWordsAndStages() {
    RunResult result = summary(List.of(answered(0, 100, "ten of clubs"), answered(1, 100, "")), 0);

    assertThat(result.accuracy().words()).isEqualTo(6);
    assertThat(result.accuracy().wordErrorRate()).isEqualTo(0.5);
    assertThat(result.accuracy().nullRate()).isEqualTo(0.5);
    assertThat(result.stages()).singleElement().returns("vad", RunResult.StageShare::stage);
    assertThat(result.stages().get(0).p50()).isCloseTo(60, Offset.offset(0.1));
  }

  @Test
  void keepsCorrectedAndUncorrectedLatencyApart() {
    Outcome late = answered(0, 900, "ten of clubs");
    Outcome sentLate =
        new Outcome(
            0,
            late.query(),
            late.startNanos(),
            800 * MILLI,
            late.endedNanos(),
            late.ending(),
            "",
            late.answer(),
            late.refusal(),
            late.partialNanos(),
            late.bytes());

    RunResult result = summary(List.of(sentLate), 0);

    assertThat(latency(result, LatencyNames.FINAL).p99()).isCloseTo(900, Offset.offset(1.0));
    assertThat(latency(result, LatencyNames.FINAL_UNCORRECTED).p99())
        .isCloseTo(100, Offset.offset(1.0));
    assertThat(latency(result, LatencyNames.FINAL_FROM_LAST_WORD).p99())
        .isCloseTo(950, Offset.offset(1.0));
    assertThat(latency(result, LatencyNames.FIRST_PARTIAL).p50())
        .isCloseTo(300, Offset.offset(1.0));
    assertThat(latency(result, LatencyNames.PARTIAL_GAP).p50()).isCloseTo(200, Offset.offset(1.0));
  }

  @Test
  void printsNoPercentilesWhenTheGeneratorFellBehind() {
    List<Outcome> outcomes =
        IntStream.range(0, 100).mapToObj(i -> answered(i, 100, "ten of clubs")).toList();

    RunResult result = summary(outcomes, 30);

    assertThat(result.valid()).isFalse();
    assertThat(result.problems()).anyMatch(problem -> problem.contains("fell behind"));
    assertThat(result.latencies()).isEmpty();
    assertThat(result.histogram()).isEmpty();
    assertThat(result.stages()).isEmpty();
    assertThat(result.overTime()).isNotEmpty().allMatch(slice -> slice.p99() == null);
    assertThat(result.counts().answered()).isEqualTo(100);
  }

  @Test
  void isNotValidWithoutQueries() {
    assertThat(summary(List.of(), 0).valid()).isFalse();
  }

  @Test
  void drawsBarsThatHoldEveryAnswer() {
    List<Outcome> outcomes =
        Stream.concat(
                IntStream.range(0, 200).mapToObj(i -> answered(i, 100 + i, "a")),
                Stream.of(answered(200, 4_000, "a")))
            .toList();

    RunResult result = summary(outcomes, 0);

    assertThat(result.histogram().stream().mapToLong(RunResult.Bar::count).sum()).isEqualTo(201);
    assertThat(result.histogram())
        .isSortedAccordingTo(Comparator.comparingDouble(RunResult.Bar::upToMillis));
    assertThat(result.overTime().stream().mapToDouble(RunResult.Slice::answeredQps).sum())
        .isEqualTo(201);
  }

  private static Percentiles latency(RunResult result, String name) {
    return Objects.requireNonNull(result.latencies().get(name), name);
  }

  private static RunResult summary(List<Outcome> outcomes, long lateMillis) {
    Histogram late = new Histogram(60_000_000L, 3);
    late.recordValueWithCount(lateMillis * 1_000, 1_000);
    SchedulePlan plan =
        new SchedulePlan(Arrivals.POISSON, 1, Duration.ofMinutes(5), Duration.ZERO, 1);
    RunFacts facts = new RunFacts(RunPlan.whole("run", plan), 300, 0, 1);
    return new RunSummary(
            facts,
            outcomes,
            outcome -> outcome.latencyNanos().map(latency -> latency <= 500 * MILLI).orElse(false))
        .result(late, List.of());
  }

  private static Outcome answered(int number, long latencyMillis, String text) {
    long start = number * 1_000L * MILLI;
    long at = start + (1_000 + latencyMillis) * MILLI;
    FinalAnswer last =
        new FinalAnswer(
            text, "END_OF_SPEECH", 1, List.of(new StageTime("vad", Duration.ofMillis(60))));
    return new Outcome(
        number,
        QUERY,
        start,
        0,
        at,
        Ending.ANSWERED,
        "",
        Optional.of(new Outcome.Answer(1, text, last, at)),
        Optional.empty(),
        List.of(start + 300 * MILLI, start + 500 * MILLI),
        32_000);
  }

  private static Outcome refused(int number, boolean atOpen) {
    long start = number * 1_000L * MILLI;
    return new Outcome(
        number,
        QUERY,
        start,
        0,
        start + 5 * MILLI,
        Ending.REFUSED,
        "",
        Optional.empty(),
        Optional.of(new Refusal(atOpen, "RESOURCE_EXHAUSTED", true)),
        List.of(),
        0);
  }

  private static Outcome broken(int number, Ending ending, String code) {
    long start = number * 1_000L * MILLI;
    return new Outcome(
        number,
        QUERY,
        start,
        0,
        start + 5 * MILLI,
        ending,
        code,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        0);
  }
}
