// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import halfsecond.common.concurrent.Ticker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.IdentityHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps recognizers of one model for the next clip: the graph that one has composed so far stays
 * warm, which on the stock graph halves the cost of a clip. The most recently used one comes first.
 * A recognizer is retired after a number of clips or an age, because libvosk's memory for it only
 * grows. Safe for use by any thread.
 */
public final class RecognizerPool implements AutoCloseable {
  private final Supplier<Recognizer> maker;
  private final Limits limits;
  private final Ticker ticker;
  private final Object lock = new Object();

  @GuardedBy("lock")
  private final ArrayDeque<Recognizer> idle = new ArrayDeque<>();

  @GuardedBy("lock")
  private final IdentityHashMap<Recognizer, Use> uses = new IdentityHashMap<>();

  @GuardedBy("lock")
  private boolean closed;

  /**
   * What bounds a pool.
   *
   * @param maxIdle recognizers that wait for a clip
   * @param maxClips clips that one recognizer decodes
   * @param maxAge time after which a recognizer is not used again
   */
  public record Limits(int maxIdle, int maxClips, Duration maxAge) {
    /** The same, but every recognizer is freed after its clip. */
    public Limits keepingNone() {
      return new Limits(0, maxClips, maxAge);
    }
  }

  private record Use(long bornNanos, int clips) {}

  public RecognizerPool(Supplier<Recognizer> maker, Limits limits, Ticker ticker) {
    this.maker = maker;
    this.limits = limits;
    this.ticker = ticker;
  }

  /**
   * A recognizer with no clip open, which goes back by {@link #release} or {@link #discard}.
   *
   * @throws IllegalStateException once closed
   */
  public Recognizer acquire() {
    Recognizer warm;
    synchronized (lock) {
      if (closed) {
        throw new IllegalStateException("the pool is closed");
      }
      warm = idle.poll();
    }
    if (warm != null) {
      return warm;
    }
    Recognizer made = maker.get();
    synchronized (lock) {
      uses.put(made, new Use(ticker.nanos(), 0));
    }
    return made;
  }

  /** Takes a recognizer back after its clip; closes it if it is not to be used again. */
  public void release(Recognizer recognizer) {
    boolean keep;
    synchronized (lock) {
      Use use = uses.get(recognizer);
      keep = !closed && use != null && isFresh(use) && idle.size() < limits.maxIdle();
      if (keep && use != null) {
        uses.put(recognizer, new Use(use.bornNanos(), use.clips() + 1));
        idle.push(recognizer);
      } else {
        uses.remove(recognizer);
      }
    }
    if (!keep) {
      recognizer.close();
    }
  }

  /** Takes back a recognizer that failed, and closes it. */
  public void discard(Recognizer recognizer) {
    synchronized (lock) {
      uses.remove(recognizer);
    }
    recognizer.close();
  }

  /** Closes the idle ones now, and the others when they come back. */
  @Override
  public void close() {
    ArrayDeque<Recognizer> last;
    synchronized (lock) {
      closed = true;
      last = new ArrayDeque<>(idle);
      idle.clear();
      last.forEach(uses::remove);
    }
    last.forEach(Recognizer::close);
  }

  /** Recognizers that wait for a clip. */
  public int idle() {
    synchronized (lock) {
      return idle.size();
    }
  }

  private boolean isFresh(@Nullable Use use) {
    return use != null
        && use.clips() + 1 < limits.maxClips()
        && ticker.nanos() - use.bornNanos() < limits.maxAge().toNanos();
  }
}
