// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import halfsecond.loadtest.corpus.Query;
import halfsecond.loadtest.drive.Ending;
import halfsecond.loadtest.drive.Outcome;
import halfsecond.loadtest.measure.Finished;
import halfsecond.loadtest.measure.Standing;
import halfsecond.loadtest.result.LatencyNames;
import halfsecond.loadtest.result.Percentiles;
import halfsecond.loadtest.result.RunResult;
import halfsecond.loadtest.result.RunResult.Accuracy;
import halfsecond.loadtest.result.RunResult.Counts;
import halfsecond.loadtest.result.RunResult.Generator;
import halfsecond.loadtest.result.TargetResult.OverloadStep;
import halfsecond.loadtest.targets.FinalAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class AftermathTest {
  private static final long MILLI = 1_000_000;
  private static final Duration BOUND = Duration.ofMillis(500);
  private static final Duration OVERLOAD = Duration.ofSeconds(30);
  private static final Duration AFTERWARDS = Duration.ofSeconds(20);
  private static final Offset<Double> EXACT = Offset.offset(1e-9);

  private static final Query QUERY =
      new Query("q", ByteString.EMPTY, "", Duration.ofSeconds(1), Optional.empty());

  private final Aftermath aftermath =
      new Aftermath(result(4, Map.of(LatencyNames.FINAL, percentiles(300))), BOUND);

  @Test
  void comparesWithTheSameServerAtItsCapacity() {
    OverloadStep step =
        step(
            result(
                3,
                Map.of(
                    LatencyNames.FINAL,
                    percentiles(450),
                    LatencyNames.REFUSAL_AT_OPEN,
                    percentiles(12))),
            List.of(answered(31, 200)));

    assertThat(step.factor()).isEqualTo(5);
    assertThat(step.goodputRatio()).isCloseTo(0.75, EXACT);
    assertThat(step.p99Ratio()).isCloseTo(1.5, EXACT);
    assertThat(step.refusalP99()).isCloseTo(12.0, EXACT);
    assertThat(step.recoverySeconds()).isZero();
  }

  @Test
  void saysNothingOfWhatDidNotHappen() {
    OverloadStep step = step(result(0, Map.of()), List.of());

    assertThat(step.goodputRatio()).isZero();
    assertThat(step.p99Ratio()).isNull();
    assertThat(step.refusalP99()).isNull();
    assertThat(step.recoverySeconds()).as("nobody asked afterwards").isNull();
  }

  @Test
  void isBackWithTheFirstQueryAfterTheLastLateOne() {
    assertThat(recovery(answered(31, 900), answered(32, 200), answered(33, 501), answered(35, 500)))
        .isCloseTo(5.0, EXACT);
  }

  @Test
  void takesARefusalForNotYetBack() {
    assertThat(recovery(refused(31), answered(34, 200))).isCloseTo(4.0, EXACT);
  }

  @Test
  void looksAtNothingThatBeganDuringTheOverload() {
    assertThat(recovery(answered(29, 4_000), refused(28), answered(30, 200))).isZero();
  }

  @Test
  void isNotBackWhenTheLastQueryIsLate() {
    assertThat(recovery(answered(31, 200), answered(49, 800))).isNull();
  }

  @Test
  void isNotBackWhenTooLittleTimeIsLeftToSaySo() {
    assertThat(recovery(answered(44, 800), answered(46, 200))).isNull();
    assertThat(recovery(answered(44, 800), answered(45, 200))).isCloseTo(15.0, EXACT);
  }

  private @Nullable Double recovery(Outcome... outcomes) {
    List<Outcome> inAnyOrder = new ArrayList<>(List.of(outcomes));
    Collections.reverse(inAnyOrder);
    return step(result(4, Map.of()), inAnyOrder).recoverySeconds();
  }

  private OverloadStep step(RunResult during, List<Outcome> outcomes) {
    Finished run =
        new Finished(during, new Standing(50, 0, 0, 0, 0, 0, 0), List.of(), List.of(), outcomes);
    return aftermath.step(5, run, OVERLOAD, AFTERWARDS);
  }

  private static RunResult result(double goodput, Map<String, Percentiles> latencies) {
    return new RunResult(
        "overload",
        "poisson",
        1,
        20,
        30,
        "",
        goodput,
        new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Map.of(), 0, 0, 0),
        latencies,
        List.of(),
        List.of(),
        List.of(),
        new Accuracy(0, 0, null, 0),
        new Generator(percentiles(0), 0),
        List.of(),
        true,
        List.of());
  }

  private static Percentiles percentiles(double p99) {
    return new Percentiles(10, p99, p99, p99, p99, p99, p99, p99);
  }

  private static Outcome answered(long startSecond, long latencyMillis) {
    long at = (startSecond * 1_000 + 1_000 + latencyMillis) * MILLI;
    FinalAnswer last = new FinalAnswer("", "", 1, List.of());
    return new Outcome(
        0,
        QUERY,
        startSecond * 1_000 * MILLI,
        0,
        at,
        Ending.ANSWERED,
        "",
        Optional.of(new Outcome.Answer(1, "", last, at)),
        Optional.empty(),
        List.of(),
        0);
  }

  private static Outcome refused(long startSecond) {
    long start = startSecond * 1_000 * MILLI;
    return new Outcome(
        0,
        QUERY,
        start,
        0,
        start,
        Ending.REFUSED,
        "",
        Optional.empty(),
        Optional.empty(),
        List.of(),
        0);
  }
}
