// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.rpc;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import halfsecond.asr.recognition.ActiveClips;
import halfsecond.asr.recognition.DecodeLoad;
import halfsecond.asr.v1.Load;
import halfsecond.common.concurrent.Ticker;
import java.time.Duration;
import java.util.function.IntSupplier;

/**
 * The load of this replica, as callers see it. Many callers ask for it, so it is summed up again
 * only every 20 ms. Safe for use by any thread.
 */
public final class LoadReport {
  private static final long MAX_AGE_NANOS = Duration.ofMillis(20).toNanos();

  private final ActiveClips clips;
  private final IntSupplier nativeHandles;
  private final Ticker ticker;
  private final Object lock = new Object();

  @GuardedBy("lock")
  private Load latest = Load.getDefaultInstance();

  @GuardedBy("lock")
  private long latestNanos;

  private volatile boolean draining;

  public LoadReport(ActiveClips clips, IntSupplier nativeHandles, Ticker ticker) {
    this.clips = clips;
    this.nativeHandles = nativeHandles;
    this.ticker = ticker;
    this.latestNanos = ticker.nanos() - MAX_AGE_NANOS;
  }

  /** The load, at most 20 ms old. */
  Load now() {
    long nanos = ticker.nanos();
    synchronized (lock) {
      if (nanos - latestNanos < MAX_AGE_NANOS && latest.getDraining() == draining) {
        return latest;
      }
    }
    Load fresh = measured();
    synchronized (lock) {
      latest = fresh;
      latestNanos = nanos;
    }
    return fresh;
  }

  boolean isDraining() {
    return draining;
  }

  void drain() {
    draining = true;
  }

  private Load measured() {
    DecodeLoad load = clips.load();
    return Load.newBuilder()
        .setActiveClips(load.activeClips())
        .setCoresUsed(load.coresUsed())
        .setCores(load.cores())
        .setBacklog(Messages.duration(load.backlog()))
        .setNativeHandles(nativeHandles.getAsInt())
        .setDraining(draining)
        .build();
  }
}
