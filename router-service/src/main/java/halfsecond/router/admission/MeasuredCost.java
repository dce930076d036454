// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.admission;

import halfsecond.common.concurrent.Ticker;
import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import halfsecond.router.backend.Capacity;
import halfsecond.router.backend.PendingCosts;
import halfsecond.router.backend.UsualCosts;
import halfsecond.router.utterance.TrafficClass;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * Admits while the cores that recognition reports as busy, what was admitted since, and the usual
 * cost of one more utterance stay within a part of the cores that there are; BATCH within a smaller
 * part, so that it is refused first. While nobody is LIVE here all BATCH is admitted: it waits its
 * turn, and there is nobody whom it could keep waiting. Cost that is measured in decoding does not
 * show a machine that is busy with something else; audio that waits does, so nothing is admitted
 * either while decoding what waits would take longer than is allowed for each core. Without a
 * report everything is admitted: whether there is a backend at all is for the session to find out.
 *
 * <p>Deciding and counting are one step under a short lock.
 */
public final class MeasuredCost implements Admission {
  /** A report is this much older than its arrival. */
  private static final Duration REPORT_AGE = Duration.ofMillis(50);

  private static final Duration LEAST_RETRY = Duration.ofMillis(200);
  private static final Duration MOST_RETRY = Duration.ofSeconds(5);

  private final Supplier<Capacity> capacity;
  private final UsualCosts costs;
  private final Settings settings;
  private final AdmissionMetrics metrics;
  private final Ticker ticker;
  private final DoubleSupplier random;
  private final PendingCosts admitted = new PendingCosts();
  private final PendingCosts reserved = new PendingCosts();
  private final AtomicInteger live = new AtomicInteger();
  private final Object lock = new Object();

  /**
   * How much may be used.
   *
   * @param utilization part of the cores: above 0 to 1
   * @param batchUtilization the same for BATCH, not above the other
   * @param maxBacklog decoding time, at the usual cost, of the audio that may wait for each core;
   *     for BATCH less in the same proportion
   */
  public record Settings(double utilization, double batchUtilization, Duration maxBacklog) {
    public Settings {
      if (!(batchUtilization > 0 && batchUtilization <= utilization && utilization <= 1)) {
        throw new IllegalArgumentException(
            "batch-utilization must be above 0 and not above utilization");
      }
    }
  }

  /**
   * @param capacity what recognition reports now; asked for every decision, within the lock, so it
   *     must not block
   * @param random from 0 to below 1, spreads the times at which the refused try again
   */
  public MeasuredCost(
      Supplier<Capacity> capacity,
      UsualCosts costs,
      Settings settings,
      AdmissionMetrics metrics,
      Ticker ticker,
      DoubleSupplier random) {
    this.capacity = capacity;
    this.costs = costs;
    this.settings = settings;
    this.metrics = metrics;
    this.ticker = ticker;
    this.random = random;
  }

  @Override
  public Admitted session(TrafficClass traffic) {
    return admit(Kind.SESSION, traffic, costs.ofAny());
  }

  @Override
  public Admitted utterance(TrafficClass traffic, String modelVersion) {
    return admit(Kind.UTTERANCE, traffic, costs.of(modelVersion));
  }

  /** Cores that are busy or promised to utterances, over cores; 0 without a report. */
  public double utilization() {
    synchronized (lock) {
      Capacity now = capacity.get();
      return now.cores() == 0 ? 0 : used(now) / now.cores();
    }
  }

  private Admitted admit(Kind kind, TrafficClass traffic, double cost) {
    double excess;
    synchronized (lock) {
      // Within the lock: an older report must not meet what a newer one has taken over.
      boolean alone = traffic == TrafficClass.BATCH && live.get() == 0;
      excess = alone ? 0 : excess(capacity.get(), kind, traffic, cost);
      if (excess <= 0) {
        PendingCosts ledger = kind == Kind.SESSION ? reserved : admitted;
        return new Place(ledger.add(cost, ticker.nanos()), traffic);
      }
    }
    metrics.refused(kind, traffic);
    throw new SpeechException(Reason.SATURATED, "recognition is saturated")
        .withRetryAfter(retryAfter(excess));
  }

  /** By how much of what may be used it would be too much: above 0 is refused. */
  private double excess(Capacity now, Kind kind, TrafficClass traffic, double cost) {
    if (now.cores() == 0) {
      return 0;
    }
    double part =
        traffic == TrafficClass.LIVE ? settings.utilization() : settings.batchUtilization();
    double wanted = used(now) + cost + (kind == Kind.SESSION ? reserved.cores() : 0);
    double bound = part * now.cores();
    double waiting =
        now.backlog().toNanos() * costs.ofAny() / (double) settings.maxBacklog().toNanos();
    double mayWait = now.cores() * part / settings.utilization();
    return Math.max(wanted / bound, waiting / mayWait) - 1;
  }

  private double used(Capacity now) {
    admitted.reported(now.reportedNanos() - REPORT_AGE.toNanos());
    return now.coresUsed() + admitted.cores();
  }

  /**
   * What runs now ends at an even pace within the time of a usual utterance; the part of it that is
   * too much ends in that part of the time. Spread by half to both sides.
   */
  private Duration retryAfter(double excess) {
    double spread = 0.5 + random.getAsDouble();
    Duration wait =
        Duration.ofNanos(Math.round(costs.utterance().toNanos() * Math.min(1, excess) * spread));
    if (wait.compareTo(LEAST_RETRY) < 0) {
      return LEAST_RETRY;
    }
    return wait.compareTo(MOST_RETRY) > 0 ? MOST_RETRY : wait;
  }

  /** What was given; counted as LIVE until it is given back. */
  private final class Place implements Admitted {
    private final PendingCosts.Entry cost;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final int counts;

    Place(PendingCosts.Entry cost, TrafficClass traffic) {
      this.cost = cost;
      this.counts = traffic == TrafficClass.LIVE ? 1 : 0;
      live.addAndGet(counts);
    }

    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) {
        live.addAndGet(-counts);
        cost.remove();
      }
    }
  }

  /** What is asked for. */
  enum Kind {
    SESSION,
    UTTERANCE
  }
}
