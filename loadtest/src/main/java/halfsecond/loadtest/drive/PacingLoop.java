// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.drive;

import halfsecond.common.concurrent.Ticker;
import halfsecond.loadtest.targets.Target;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import org.HdrHistogram.Histogram;

/**
 * Starts queries and sends their chunks when they are due: everything that one pacing thread does,
 * without the thread. What is due is done late rather than never, and the lateness is kept. For one
 * thread at a time.
 */
final class PacingLoop {
  private static final long HIGHEST_MICROS = 600_000_000L;

  private record Due(long atNanos, OpenQuery query) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      return Long.compare(atNanos, other.atNanos);
    }
  }

  private final Ticker ticker;
  private final Target target;
  private final Deque<OpenQuery> arrivals;
  private final Runnable started;
  private final PriorityQueue<Due> open = new PriorityQueue<>();
  private final Histogram lateMicros = new Histogram(HIGHEST_MICROS, 3);

  /**
   * @param arrivals in order of their start
   * @param started called for each query just before it is opened
   */
  PacingLoop(Ticker ticker, Target target, List<OpenQuery> arrivals, Runnable started) {
    this.ticker = ticker;
    this.target = target;
    this.arrivals = new ArrayDeque<>(arrivals);
    this.started = started;
  }

  /**
   * Does everything that is due by now.
   *
   * @return when the next thing is due; {@link OpenQuery#NEVER} when nothing is left
   */
  long step() {
    while (true) {
      long arrival = arrivals.isEmpty() ? OpenQuery.NEVER : arrivals.peek().startNanos();
      Due due = open.peek();
      long next = Math.min(arrival, due == null ? OpenQuery.NEVER : due.atNanos());
      if (next > ticker.nanos()) {
        return next;
      }
      if (due == null || arrival <= due.atNanos()) {
        start(arrivals.remove());
      } else {
        open.remove();
        act(due);
      }
    }
  }

  /** Starts no more queries. */
  void stopStarting() {
    arrivals.clear();
  }

  /** Gives up what is open, without outcomes. */
  void abandon() {
    arrivals.clear();
    open.forEach(due -> due.query().abandon());
    open.clear();
  }

  /** How late things were done, in microseconds. Still changes until the loop is left. */
  Histogram lateMicros() {
    return lateMicros;
  }

  private void start(OpenQuery query) {
    late(query.startNanos());
    started.run();
    open.add(new Due(query.open(target), query));
  }

  private void act(Due due) {
    if (!due.query().isOver()) {
      late(due.atNanos());
    }
    long next = due.query().act(due.atNanos());
    if (next != OpenQuery.NEVER) {
      open.add(new Due(next, due.query()));
    }
  }

  private void late(long dueNanos) {
    long micros = Math.max(0, ticker.nanos() - dueNanos) / 1_000;
    lateMicros.recordValue(Math.min(HIGHEST_MICROS, micros));
  }
}
