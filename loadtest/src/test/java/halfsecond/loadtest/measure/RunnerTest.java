// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.measure;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import halfsecond.loadtest.corpus.Corpus;
import halfsecond.loadtest.corpus.Query;
import halfsecond.loadtest.drive.DriveSettings;
import halfsecond.loadtest.drive.Driver;
import halfsecond.loadtest.drive.Ending;
import halfsecond.loadtest.drive.Outcome;
import halfsecond.loadtest.measure.StopRule.Decision;
import halfsecond.loadtest.schedule.Arrivals;
import halfsecond.loadtest.schedule.SchedulePlan;
import halfsecond.loadtest.targets.FinalAnswer;
import halfsecond.loadtest.targets.QueryListener;
import halfsecond.loadtest.targets.QueryStream;
import halfsecond.loadtest.targets.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs in real time, against a server that answers at once or never. */
final class RunnerTest {
  private static final Query QUERY =
      new Query(
          "q",
          ByteString.copyFrom(new byte[32 * 60]),
          "ten of clubs",
          Duration.ofMillis(40),
          Optional.empty());

  private static final Corpus CORPUS = new Corpus("one", "one short query", List.of(QUERY));
  private static final DriveSettings DRIVING =
      new DriveSettings(
          Duration.ofMillis(20), Duration.ZERO, Duration.ZERO, Duration.ofSeconds(15), 1);

  private static final int ENOUGH = 20;
  private static final double MINUTES_LONG = 540;
  private static final SchedulePlan MINUTES = plan(100, Duration.ofMinutes(9));

  @TempDir Path logs;

  @Test
  void startsNothingMoreOnceTheRuleHasSeenEnough() throws Exception {
    Finished run = runner(true).run(stopping(Decision.STOP));

    assertThat(run.standing().settled()).isGreaterThanOrEqualTo(ENOUGH);
    assertThat(run.result().seconds()).isLessThan(MINUTES_LONG);
    assertThat(run.outcomes())
        .as("what was open when the run was stopped has ended as it would have")
        .extracting(Outcome::ending)
        .containsOnly(Ending.ANSWERED);
    assertThat(run.outcomes())
        .as("no query was left out before the last one")
        .extracting(Outcome::number)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, run.outcomes().size()).boxed().toList());
    assertThat(run.result().counts().scheduled()).isEqualTo(run.outcomes().size());
    assertThat(run.late()).hasSameSizeAs(run.outcomes());
  }

  @Test
  void givesUpWhatIsOpenWhenTheRuleAbandonsTheRun() throws Exception {
    Finished run = runner(false).run(stopping(Decision.ABANDON));

    assertThat(run.standing().settled()).isGreaterThanOrEqualTo(ENOUGH);
    assertThat(run.standing().over())
        .as("whoever's time is up without an answer is late, though the query is not over")
        .isEqualTo(run.standing().settled());
    assertThat(run.result().seconds()).isLessThan(MINUTES_LONG);
    assertThat(run.result().counts().answered()).isZero();
  }

  @Test
  void keepsTheLoadThatFollowsOutOfTheResult() throws Exception {
    SchedulePlan own = plan(50, Duration.ofMillis(500));
    SchedulePlan next = plan(20, Duration.ofMillis(500));

    Finished run = runner(true).run(RunPlan.whole("overload", own).followedBy(next));

    long ownNanos = own.duration().toNanos();
    long within = run.outcomes().stream().filter(o -> o.startNanos() < ownNanos).count();
    assertThat(run.result().counts().scheduled()).isEqualTo(within).isPositive();
    assertThat(run.outcomes()).hasSizeGreaterThan((int) within);
  }

  private static SchedulePlan plan(double qps, Duration duration) {
    return new SchedulePlan(Arrivals.FIXED, qps, duration, Duration.ZERO, 1);
  }

  private static RunPlan stopping(Decision decision) {
    return new RunPlan(
        "probe",
        MINUTES,
        Optional.empty(),
        (standing, backlog) -> standing.settled() >= ENOUGH ? decision : Decision.GO_ON);
  }

  private Runner runner(boolean answers) {
    return new Runner(
        new Driver(DRIVING, new AtOnceOrNever(answers), CORPUS),
        CORPUS,
        Duration.ofMillis(500),
        Map::of,
        RunWatcher.none(),
        logs);
  }

  private record AtOnceOrNever(boolean answers) implements Target {
    @Override
    public String name() {
      return answers ? "at once" : "never";
    }

    @Override
    public Map<String, String> facts() {
      return Map.of();
    }

    @Override
    public boolean serverFindsEnd() {
      return false;
    }

    @Override
    public QueryStream open(QueryListener listener) {
      return new QueryStream() {
        @Override
        public void audio(ByteString samples) {}

        @Override
        public void finish() {
          if (answers) {
            listener.answered(new FinalAnswer("ten of clubs", "", 1, List.of()));
            listener.closed();
          }
        }

        @Override
        public void cancel() {}
      };
    }

    @Override
    public void close() {}
  }
}
