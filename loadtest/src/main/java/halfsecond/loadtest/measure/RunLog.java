// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.measure;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import halfsecond.loadtest.corpus.Corpus;
import halfsecond.loadtest.drive.Ending;
import halfsecond.loadtest.drive.Outcome;
import halfsecond.loadtest.schedule.Schedule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** The outcomes of a run so far, and what they say about the bound. Safe for use by any thread. */
final class RunLog implements Consumer<Outcome> {
  private final long boundNanos;
  private final long[] dueByNumber;
  private final long[] dueSorted;
  private final Object lock = new Object();

  @GuardedBy("lock")
  private final List<Outcome> outcomes = new ArrayList<>();

  @GuardedBy("lock")
  private final Distribution latency = new Distribution();

  @GuardedBy("lock")
  private long answered;

  @GuardedBy("lock")
  private long refused;

  @GuardedBy("lock")
  private long broken;

  RunLog(Schedule schedule, Corpus corpus, Duration bound) {
    this.boundNanos = bound.toNanos();
    this.dueByNumber =
        schedule.arrivals().stream()
            .mapToLong(
                arrival ->
                    arrival.startNanos()
                        + corpus.queries().get(arrival.query()).speechEnd().toNanos()
                        + boundNanos)
            .toArray();
    this.dueSorted = dueByNumber.clone();
    Arrays.sort(dueSorted);
  }

  @Override
  public void accept(Outcome outcome) {
    synchronized (lock) {
      outcomes.add(outcome);
      outcome.latencyNanos().ifPresent(latency::add);
      answered += outcome.ending() == Ending.ANSWERED ? 1 : 0;
      refused += outcome.ending() == Ending.REFUSED ? 1 : 0;
      broken += outcome.ending() == Ending.FAILED || outcome.ending() == Ending.UNANSWERED ? 1 : 0;
    }
  }

  List<Outcome> outcomes() {
    synchronized (lock) {
      return List.copyOf(outcomes);
    }
  }

  /**
   * How it stands at an instant of the run: every query whose time for an answer is up by then
   * counts, whether or not it has ended, and no other does. So fast answers are not counted before
   * slow ones.
   */
  Standing standing(long nanos) {
    int settled = upTo(nanos);
    synchronized (lock) {
      long within =
          outcomes.stream()
              .filter(outcome -> dueByNumber[outcome.number()] <= nanos && within(outcome))
              .count();
      return new Standing(
          nanos / 1e9,
          settled,
          settled - within,
          answered,
          refused,
          broken,
          latency.count() == 0 ? 0 : latency.millisAt(99));
    }
  }

  /** How it stands when the time of every query is up. */
  Standing standingAtEnd() {
    return standing(dueSorted.length == 0 ? 0 : dueSorted[dueSorted.length - 1]);
  }

  /** Of each query that is over, in the order in which they started, whether it was late. */
  List<Boolean> late() {
    return outcomes().stream()
        .sorted(Comparator.comparingLong(Outcome::startNanos))
        .map(outcome -> !within(outcome))
        .toList();
  }

  boolean within(Outcome outcome) {
    return outcome.latencyNanos().map(latencyNanos -> latencyNanos <= boundNanos).orElse(false);
  }

  /**
   * Queries that are past the end of their speech and not over, once a second: what the server has
   * still to do. Grows without end above capacity.
   */
  List<Integer> backlog(long untilNanos) {
    List<Outcome> ended = outcomes();
    int seconds = (int) (untilNanos / 1_000_000_000L);
    List<Integer> backlog = new ArrayList<>();
    for (int second = 1; second <= seconds; second++) {
      long at = second * 1_000_000_000L;
      long spoken = upTo(at + boundNanos);
      long over =
          ended.stream()
              .filter(outcome -> outcome.endedNanos() <= at && outcome.speechEndNanos() <= at)
              .count();
      backlog.add((int) Math.max(0, spoken - over));
    }
    return backlog;
  }

  private int upTo(long nanos) {
    int at = Arrays.binarySearch(dueSorted, nanos);
    if (at < 0) {
      return -at - 1;
    }
    int next = at;
    while (next < dueSorted.length && dueSorted[next] <= nanos) {
      next++;
    }
    return next;
  }
}
