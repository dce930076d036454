// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.store;

import halfsecond.common.concurrent.NamedThreads;
import halfsecond.common.concurrent.Ticker;
import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import halfsecond.monitor.telemetry.StoreMetrics;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes. It takes what has come within a few milliseconds, commits it as one
 * transaction, and tells who waits. While the database cannot be written it tries again and again:
 * what was handed over waits, in order, and the bounded queue before it fills.
 */
final class StoreWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StoreWriter.class);
  private static final int MOST_ROWS = 2_000;
  private static final Duration LINGER = Duration.ofMillis(2);
  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  private final Database database;
  private final Upkeep upkeep;
  private final StoreMetrics metrics;
  private final Ticker ticker;
  private final Outage outage;
  private final BlockingQueue<Append> queue;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private volatile boolean ended;

  /**
   * @param upkeep done by the same thread in between
   * @param capacity of the queue
   */
  StoreWriter(Database database, Upkeep upkeep, StoreMetrics metrics, Ticker ticker, int capacity) {
    this.database = database;
    this.upkeep = upkeep;
    this.metrics = metrics;
    this.ticker = ticker;
    this.outage = new Outage(database.engine().name(), metrics, ticker);
    this.queue = new ArrayBlockingQueue<>(capacity);
    this.thread = NamedThreads.factory("monitor-store").newThread(this::run);
  }

  void start() {
    thread.start();
  }

  /**
   * Never waits.
   *
   * @throws SpeechException {@code SATURATED} if too much does
   */
  CompletionStage<Integer> write(Append append) {
    if (!queue.offer(append)) {
      throw new SpeechException(Reason.SATURATED, "too much waits to be kept");
    }
    if (ended) {
      // The thread may have seen the queue for the last time.
      turnAway();
    }
    return append.done();
  }

  /** Rows that wait, without those that are being written. */
  long waiting() {
    return queue.stream().mapToLong(Append::rows).sum();
  }

  /** Writes what was handed over, unless that fails, then ends. */
  @Override
  public void close() {
    closing.countDown();
    // Ends its waiting for more; if there is no room for this it does not wait.
    Append nothing = new Append(0, connection -> new Appended(0, new BitSet()), appended -> {});
    boolean unused = queue.offer(nothing);
    try {
      thread.join(LAST_WORDS.toMillis());
      if (thread.isAlive()) {
        thread.interrupt();
        thread.join(LAST_WORDS.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      Duration patience = IDLE;
      List<Append> group = next(patience);
      while (!group.isEmpty() || !isClosing()) {
        if (!group.isEmpty()) {
          commit(group);
        }
        patience = keepUp(group) ? Duration.ZERO : IDLE;
        group = next(patience);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ended = true;
      turnAway();
    }
  }

  /** What has come; empty if nothing did for so long, or nothing will any more. */
  private List<Append> next(Duration patience) throws InterruptedException {
    List<Append> group = new ArrayList<>();
    Append first = poll(isClosing() ? Duration.ZERO : patience);
    int rows = 0;
    long begun = ticker.nanos();
    for (Append append = first; append != null; ) {
      group.add(append);
      rows += append.rows();
      long left = LINGER.toNanos() - (ticker.nanos() - begun);
      append = rows < MOST_ROWS ? poll(Duration.ofNanos(Math.max(0, left))) : null;
    }
    return group;
  }

  private @Nullable Append poll(Duration limit) throws InterruptedException {
    return queue.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void commit(List<Append> group) throws InterruptedException {
    try {
      if (!untilDone(() -> write(group)) || !untilDone(upkeep::committed)) {
        group.forEach(append -> append.failed(draining()));
        return;
      }
    } catch (SQLException | RuntimeException e) {
      oneByOne(group, e);
      return;
    }
    group.forEach(Append::committed);
  }

  private void write(List<Append> group) throws SQLException {
    long begun = ticker.nanos();
    int rows =
        database.write(
            connection -> {
              int count = 0;
              for (Append append : group) {
                append.apply(connection);
                count += append.rows();
              }
              return count;
            });
    metrics.committed(ticker.nanos() - begun, rows);
  }

  private interface Step {
    void run() throws SQLException;
  }

  /**
   * Tries again for as long as it may succeed; false if the store is closed before it does.
   *
   * @throws SQLException if it can never succeed
   */
  private boolean untilDone(Step step) throws InterruptedException, SQLException {
    while (true) {
      try {
        step.run();
        outage.over();
        return true;
      } catch (SQLException e) {
        if (database.engine().isLasting(e)) {
          throw e;
        }
        if (closing.await(outage.failed(e).toNanos(), TimeUnit.NANOSECONDS)) {
          return false;
        }
      }
    }
  }

  /** One that can never be written must not hold up the others. */
  private void oneByOne(List<Append> group, Exception why) throws InterruptedException {
    if (group.size() > 1) {
      for (Append append : group) {
        commit(List.of(append));
      }
      return;
    }
    LOG.atError().setCause(why).log("what was handed over can never be written");
    group.forEach(append -> append.failed(new StoreException("cannot be written", why)));
  }

  /** True if there is more of it to do. */
  private boolean keepUp(List<Append> group) {
    try {
      return upkeep.step(group.stream().mapToInt(Append::rows).sum());
    } catch (SQLException e) {
      Duration unused = outage.failed(e);
      return false;
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("upkeep of the store failed");
      return false;
    }
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  private void turnAway() {
    for (Append left = queue.poll(); left != null; left = queue.poll()) {
      left.failed(draining());
    }
  }

  private static SpeechException draining() {
    return new SpeechException(Reason.DRAINING, "the monitor is shutting down");
  }
}
