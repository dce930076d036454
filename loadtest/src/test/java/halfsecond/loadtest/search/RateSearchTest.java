// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.search;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.loadtest.result.RunResult;
import halfsecond.loadtest.search.Prober.Tried;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateSearchTest {
  private static final EarlyStopping RULE = new EarlyStopping(99, 0.99);
  private static final Duration BUDGET = Duration.ofMinutes(20);

  /** Two servers of 100 ms do 20 a second, and hold the percentile up to three quarters of it. */
  @ParameterizedTest
  @CsvSource({"2, 0.1, 60, 0.8", "8, 0.1, 20, 0.95"})
  void findsTheKneeOfAQueue(int servers, double service, int seeds, double near) throws Exception {
    QueueProber queue = new QueueProber(servers, service, 0.5, RULE);
    double knee = knee(queue, servers / service);
    int tooHigh = 0;
    int close = 0;
    double sum = 0;
    for (int seed = 1; seed <= seeds; seed++) {
      double qps = search(queue, settings(1000, BUDGET, seed)).maxQps().orElseThrow();
      tooHigh += queue.lateShare(qps) > 0.01 ? 1 : 0;
      close += qps >= 0.85 * knee ? 1 : 0;
      sum += qps;
    }

    String told =
        "%d too high, %d close, mean %.3f of %.2f"
            .formatted(tooHigh, close, sum / seeds / knee, knee);
    assertThat((double) tooHigh / seeds).as(told).isLessThanOrEqualTo(0.05);
    assertThat((double) close / seeds).as(told).isGreaterThanOrEqualTo(near);
    assertThat(sum / seeds).as(told).isBetween(0.88 * knee, knee);
  }

  @Test
  void endsWithADecidingRunThatHeld() throws Exception {
    Found found = search(new QueueProber(2, 0.1, 0.5, RULE), settings(1000, BUDGET, 3));

    RunResult last = found.runs().get(found.runs().size() - 1);
    assertThat(last.kind()).isEqualTo("deciding");
    assertThat(last.verdict()).isEqualTo("pass");
    assertThat(last.offeredQps()).isEqualTo(found.maxQps().orElseThrow());
  }

  /**
   * A few hundred queries of a deciding run prove little, so more of the rate is lost, and
   * sometimes all of it; what is reported holds all the same.
   */
  @Test
  void staysHonestWithASlowServer() throws Exception {
    QueueProber queue = new QueueProber(1, 0.15, 0.5, RULE);
    int found = 0;
    int tooHigh = 0;
    for (int seed = 1; seed <= 40; seed++) {
      OptionalDouble qps = search(queue, settings(1000, BUDGET, seed)).maxQps();
      found += qps.isPresent() ? 1 : 0;
      tooHigh += qps.isPresent() && queue.lateShare(qps.getAsDouble()) > 0.01 ? 1 : 0;
    }

    assertThat(found).isGreaterThan(30);
    assertThat(tooHigh).isLessThanOrEqualTo(2);
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

  /** The largest rate whose long-run share of late answers is a hundredth. */
  private static double knee(QueueProber queue, double most) {
    double low = 0.1;
    double high = most;
    for (int i = 0; i < 12; i++) {
      double middle = (low + high) / 2;
      if (queue.lateShare(middle) > 0.01) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return low;
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
