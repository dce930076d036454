// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.search;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.loadtest.result.RunResult;
import halfsecond.loadtest.search.Prober.Tried;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateSearchTest {
  private static final EarlyStopping RULE = new EarlyStopping(99, 0.99);
  private static final Duration BUDGET = Duration.ofMinutes(20);

  /** Two servers of 100 ms do 20 a second, and hold the percentile a little below. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void findsTheKneeOfAQueue(long seed) throws Exception {
    QueueProber queue = new QueueProber(2, 0.1, 0.5, RULE);

    Found found = search(queue, settings(1000, BUDGET, seed));

    assertAtTheKnee(queue, found, 1.5);
    RunResult last = found.runs().get(found.runs().size() - 1);
    assertThat(last.kind()).isEqualTo("deciding");
    assertThat(last.verdict()).isEqualTo("pass");
    assertThat(last.offeredQps()).isEqualTo(found.maxQps().getAsDouble());
  }

  /** Twelve hundred queries of a deciding run prove less, so more of the rate is lost. */
  @Test
  void findsTheKneeOfASlowServerWithinTheBudget() throws Exception {
    QueueProber queue = new QueueProber(1, 0.15, 0.5, RULE);

    Found found = search(queue, settings(1000, BUDGET, 1));

    assertAtTheKnee(queue, found, 2);
    double minutes = found.runs().stream().mapToDouble(RunResult::seconds).sum() / 60;
    assertThat(minutes).isLessThan(40);
  }

  @Test
  void givesEveryRunItsOwnSeed() throws Exception {
    Found found = search(new QueueProber(2, 0.1, 0.5, RULE), settings(1000, BUDGET, 7));

    assertThat(found.runs().stream().map(RunResult::seed)).doesNotHaveDuplicates();
  }

  @Test
  void saysThatNothingHoldsWhenNothingDoes() throws Exception {
    Found found = search(new QueueProber(1, 0.6, 0.5, RULE), settings(1000, BUDGET, 1));

    assertThat(found.maxQps()).isEmpty();
    assertThat(found.problems()).singleElement().asString().contains("No rate holds");
  }

  @Test
  void saysThatItMayDoMoreWhenTheCapHolds() throws Exception {
    Found found = search(new QueueProber(50, 0.01, 0.5, RULE), settings(40, BUDGET, 1));

    assertThat(found.maxQps()).hasValue(40);
    assertThat(found.problems()).singleElement().asString().contains("may do more");
  }

  @Test
  void looksTwiceAtAFailureThatIsNotCertain() throws Exception {
    QueueProber queue = new QueueProber(2, 0.1, 0.5, RULE);
    int[] runs = new int[1];
    Prober flaky =
        trial -> {
          Tried real = queue.run(trial);
          // Every third run has a hiccup that says nothing about the rate.
          boolean hiccup = ++runs[0] % 3 == 0 && !trial.deciding();
          return hiccup
              ? new Tried(Verdict.FAIL, false, real.took(), Results.of(trial, Verdict.FAIL))
              : real;
        };

    Found found = search(flaky, settings(1000, BUDGET, 1));

    assertAtTheKnee(queue, found, 1.5);
  }

  @Test
  void lowersAWinnerThatFailsWhenItIsRunAgain() throws Exception {
    Prober strictInTheEnd =
        trial -> {
          Verdict verdict =
              trial.qps() <= (trial.deciding() ? 9 : 10) ? Verdict.PASS : Verdict.FAIL;
          return new Tried(verdict, true, trial.length(), Results.of(trial, verdict));
        };

    Found found = search(strictInTheEnd, settings(1000, Duration.ofHours(2), 1));

    assertThat(found.maxQps().orElseThrow()).as(told(found)).isBetween(8.5, 9.0);
    assertThat(found.runs().stream().filter(run -> run.kind().equals("deciding")).count())
        .isGreaterThan(1);
  }

  @Test
  void doesNotClaimWhatTooFewQueriesCannotShow() throws Exception {
    SearchSettings brief =
        new SearchSettings(RULE, 0.2, 0.4, 0.05, Duration.ofMinutes(1), false, 1);

    Found found = search(new QueueProber(1, 0.1, 0.5, RULE), brief);

    assertThat(found.maxQps()).isEmpty();
    assertThat(found.problems()).anyMatch(problem -> problem.contains("more minutes"));
  }

  @Test
  void makesOfficialDecidingRunsTenMinutesLong() throws Exception {
    SearchSettings official = new SearchSettings(RULE, 8, 1000, 0.05, BUDGET, true, 1);

    Found found = search(new QueueProber(2, 0.1, 0.5, RULE), official);

    List<RunResult> runs = found.runs();
    assertThat(runs.get(runs.size() - 1).seconds()).isGreaterThanOrEqualTo(600);
  }

  /** The percentile really holds at what was found, and really does not a little above. */
  private static void assertAtTheKnee(QueueProber queue, Found found, double above) {
    double qps = found.maxQps().orElseThrow();
    assertThat(queue.lateShare(qps)).as(told(found)).isLessThanOrEqualTo(0.01);
    assertThat(queue.lateShare(above * qps)).as(told(found)).isGreaterThan(0.01);
  }

  private static String told(Found found) {
    return found.runs().stream()
        .map(
            run ->
                "%s %.2f for %.0f s %s"
                    .formatted(run.kind(), run.offeredQps(), run.seconds(), run.verdict()))
        .collect(Collectors.joining("; "));
  }

  private static SearchSettings settings(double most, Duration budget, long seed) {
    return new SearchSettings(RULE, 1, most, 0.05, budget, false, 100 * seed);
  }

  private static Found search(Prober prober, SearchSettings settings) throws Exception {
    return new RateSearch(settings, prober).search();
  }
}
