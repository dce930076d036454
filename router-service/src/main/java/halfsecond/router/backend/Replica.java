// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.backend;

import halfsecond.common.concurrent.Ticker;
import halfsecond.router.model.LoadedModel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * One replica, as it is known here: what it has said, and what became of the streams that were
 * given to it. Never blocks. Safe for use by any thread.
 */
public final class Replica {
  /** A report is this much older than its arrival, on the way and in the replica. */
  private static final Duration REPORT_AGE = Duration.ofMillis(50);

  private final String name;
  private final Ticker ticker;
  private final long freshNanos;
  private final Ejection ejection;
  private final Map<OpenStream, Double> streams = new ConcurrentHashMap<>();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();
  private final PendingCosts pending = new PendingCosts();
  private final Pace progress;
  private final Pace finals;

  private volatile LoadReport load = LoadReport.NONE;
  private volatile Duration calmBacklog = Duration.ZERO;
  private volatile long reportedNanos;
  private volatile long heardNanos;
  private volatile boolean heard;
  private volatile boolean met;
  private volatile boolean serving = true;
  private volatile boolean refusing;
  private volatile boolean retired;
  private volatile List<LoadedModel> models = List.of();
  private volatile Set<String> versions = Set.of();

  /**
   * @param name where it is, {@code host:port}
   * @param fresh how long a sign of life counts
   * @param ejected how long it is left out the first time
   * @param longest how long it is left out at most
   */
  public Replica(String name, Ticker ticker, Duration fresh, Duration ejected, Duration longest) {
    this.name = name;
    this.ticker = ticker;
    this.freshNanos = fresh.toNanos();
    this.ejection = new Ejection(ejected, longest);
    this.progress = new Pace(ticker.nanos());
    this.finals = new Pace(ticker.nanos());
  }

  public String name() {
    return name;
  }

  /** It gave a sign of life. */
  public void alive() {
    heardNanos = ticker.nanos();
    met = true;
    heard = true;
  }

  /** It said how busy it is, which is a sign of life. */
  public void reported(LoadReport report) {
    Duration before = load.backlog();
    // One report may fall into the moment at which many chunks arrive; two in a row do not.
    calmBacklog = before.compareTo(report.backlog()) < 0 ? before : report.backlog();
    reportedNanos = ticker.nanos();
    load = report;
    refusing = false;
    pending.reported(reportedNanos - REPORT_AGE.toNanos());
    alive();
  }

  /** It said whether it serves. */
  public void serving(boolean yes) {
    serving = yes;
    if (yes) {
      refusing = false;
    }
  }

  /** It refused a stream because it is draining: nothing new until it says otherwise. */
  public void refusing() {
    refusing = true;
  }

  /** The connection is down: not ready until the next sign of life. */
  public void lost() {
    heard = false;
  }

  /** It is no longer among those that are to be used. Running streams go on. */
  public void retire() {
    retired = true;
  }

  public boolean isRetired() {
    return retired;
  }

  /** What it has loaded; kept while it is lost. */
  public void models(List<LoadedModel> loaded) {
    models = List.copyOf(loaded);
    versions(loaded.stream().map(LoadedModel::version).collect(Collectors.toUnmodifiableSet()));
  }

  public List<LoadedModel> models() {
    return models;
  }

  /** The versions that take clips, which it reports more often than their languages. */
  public void versions(Set<String> loaded) {
    versions = loaded;
  }

  public Set<String> versions() {
    return versions;
  }

  /** Whether it is there and takes streams, be it left out or not. */
  public boolean ready() {
    return heard
        && serving
        && !refusing
        && !retired
        && !load.draining()
        && ticker.nanos() - heardNanos <= freshNanos;
  }

  /** Whether nothing is known about it, good or bad: the router has just started to call it. */
  boolean unmet() {
    return !met && !retired;
  }

  /** Whether it is left out. */
  public boolean ejected() {
    return ejection.lasts(ticker.nanos());
  }

  /**
   * Counts a stream that is opened there.
   *
   * @param cores that it will usually keep busy
   */
  public PendingCosts.Entry opened(OpenStream stream, double cores) {
    if (streams.put(stream, cores) == null) {
      open.incrementAndGet();
    }
    return pending.add(cores, ticker.nanos());
  }

  /** The stream is over; more calls do nothing. */
  public void closed(OpenStream stream, PendingCosts.Entry entry) {
    if (streams.remove(stream) != null) {
      open.decrementAndGet();
      entry.remove();
    }
  }

  /** Streams that are open there from here. */
  public int open() {
    return open.get();
  }

  /** Audio was decoded so long after it was sent. */
  public void progressed(long takenNanos) {
    progress.add(takenNanos, ticker.nanos());
  }

  /** A final came so long after it was asked for. */
  public void answered(long takenNanos) {
    finals.add(takenNanos, ticker.nanos());
    failures.set(0);
  }

  /** Failures in a row, with this one. */
  int failed() {
    return failures.incrementAndGet();
  }

  long ejectionRemaining() {
    return ejection.remaining(ticker.nanos());
  }

  /** Leaves it out, with a clean slate for when it is back. */
  Duration eject() {
    progress.clear();
    finals.clear();
    failures.set(0);
    return ejection.begin(ticker.nanos());
  }

  /** Busy cores over cores, with what the last report cannot hold; 0 when nothing is known. */
  double utilization() {
    LoadReport latest = load;
    return latest.cores() == 0 ? 0 : (latest.coresUsed() + pending.cores()) / latest.cores();
  }

  LoadReport load() {
    return load;
  }

  /** The smaller one of the last two backlogs. */
  Duration calmBacklog() {
    return calmBacklog;
  }

  long reportedNanos() {
    return reportedNanos;
  }

  Set<OpenStream> streams() {
    return streams.keySet();
  }

  /** Cores that the streams that are open there from here keep busy on a replica that is well. */
  double usualCores() {
    return streams.values().stream().mapToDouble(cores -> cores).sum();
  }

  LongStream progressTimes(Duration window) {
    return progress.within(window, ticker.nanos());
  }

  LongStream finalTimes(Duration window) {
    return finals.within(window, ticker.nanos());
  }
}
