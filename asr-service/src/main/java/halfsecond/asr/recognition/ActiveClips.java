// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import halfsecond.common.audio.Audio16k;
import halfsecond.common.concurrent.Scheduler;
import halfsecond.common.concurrent.Ticker;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The clips in progress: opens them, sums up what they cost, lets those whose audio waits say so,
 * and decides how many may be decoded to the end after their answer. Safe for use by any thread.
 */
public final class ActiveClips implements AutoCloseable {
  /** A clip whose audio waits says where it is this often. */
  private static final Duration BEAT = Duration.ofMillis(100);

  /** With more work than this waiting for each thread, answered clips are not decoded further. */
  private static final double MAX_WAITING_SECONDS = 1;

  private final Set<Clip> clips = ConcurrentHashMap.newKeySet();
  private final DecodeQueue queue;
  private final Scheduler scheduler;
  private final Ticker cost;
  private final ClipLimits limits;
  private final long maxBacklogSamples;
  private final UsualCost usualCost = new UsualCost();
  private final Object lock = new Object();

  @GuardedBy("lock")
  private Scheduler.@Nullable Timer nextBeat;

  @GuardedBy("lock")
  private boolean closed;

  /**
   * @param cost asked by decode threads before and after they work: {@link ProcessorTime#ofThread}
   */
  public ActiveClips(DecodeQueue queue, Scheduler scheduler, Ticker cost, ClipLimits limits) {
    this.queue = queue;
    this.scheduler = scheduler;
    this.cost = cost;
    this.limits = limits;
    this.maxBacklogSamples = Audio16k.samples(limits.maxBacklog());
    beatLater();
  }

  /**
   * Opens a clip, which owns the lease from now on.
   *
   * @param sequence runs the listener's calls one after another; may run them in the calling thread
   */
  public Clip open(ClipSpec spec, ModelLease lease, Executor sequence, ClipListener listener) {
    Clip clip = new Clip(spec, lease, this, sequence, listener);
    clips.add(clip);
    return clip;
  }

  /** Clips in progress. */
  public int count() {
    return clips.size();
  }

  /** The load at this moment. */
  public DecodeLoad load() {
    double cores = 0;
    long backlog = 0;
    int count = 0;
    for (Clip clip : clips) {
      count++;
      // One thread at a time decodes a clip, so it keeps one core busy at most, however slow a cold
      // start is.
      cores += Math.min(1, clip.realTimeFactor().orElseGet(usualCost::realTimeFactor));
      backlog += clip.isWaitedFor() ? clip.undecodedSamples() : 0;
    }
    return new DecodeLoad(count, cores, limits.cores(), Audio16k.duration(backlog));
  }

  /**
   * Cancels what is in progress and stops its own timer. Recognizers are given back by the decode
   * threads, soon after.
   */
  @Override
  public void close() {
    Scheduler.Timer timer;
    synchronized (lock) {
      closed = true;
      timer = nextBeat;
    }
    if (timer != null) {
      timer.cancel();
    }
    clips.forEach(Clip::cancel);
  }

  DecodeQueue queue() {
    return queue;
  }

  Scheduler scheduler() {
    return scheduler;
  }

  Ticker cost() {
    return cost;
  }

  long maxBacklogSamples() {
    return maxBacklogSamples;
  }

  /** Whether one more clip may be decoded to the end after its answer. */
  boolean hasRoomForLate() {
    return clips.stream().filter(Clip::isLate).count() < limits.maxLateClips() && !isSaturated();
  }

  void finished(DecodeStatistics statistics, long samples) {
    if (samples > 0) {
      usualCost.add(statistics.realTimeFactor());
    }
  }

  void left(Clip clip) {
    clips.remove(clip);
  }

  /** Whether clips that somebody waits for have to wait long; late ones wait behind them anyway. */
  private boolean isSaturated() {
    long waiting =
        clips.stream().filter(clip -> !clip.isLate()).mapToLong(Clip::undecodedSamples).sum();
    double seconds = Audio16k.duration(waiting).toNanos() * 1e-9 * usualCost.realTimeFactor();
    return seconds > MAX_WAITING_SECONDS * queue.size();
  }

  private void beatLater() {
    synchronized (lock) {
      if (!closed) {
        nextBeat = scheduler.after(BEAT, this::beat);
      }
    }
  }

  private void beat() {
    try {
      clips.forEach(Clip::beat);
      if (isSaturated()) {
        clips.forEach(Clip::dropLate);
      }
    } finally {
      beatLater();
    }
  }
}
