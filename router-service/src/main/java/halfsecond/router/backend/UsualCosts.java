// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.backend;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What an utterance usually costs: moving averages of what finished clips have cost, the newest
 * with a weight of a tenth. Safe for use by any thread.
 */
public final class UsualCosts {
  private static final double FIRST_FACTOR = 0.1;
  private static final double FIRST_SECONDS = 3;
  private static final double WEIGHT_OF_NEWEST = 0.1;

  /** Versions come from backends and stay few; what a broken one makes up is not remembered. */
  private static final int MAX_VERSIONS = 1_000;

  private final Map<String, Average> byVersion = new ConcurrentHashMap<>();
  private final Average all = new Average(FIRST_FACTOR);
  private final Average seconds = new Average(FIRST_SECONDS);

  /**
   * A clip has finished.
   *
   * @param realTimeFactor processor time of decoding over audio time
   * @param audio of the clip; one without audio tells nothing
   */
  public void finished(String version, double realTimeFactor, Duration audio) {
    if (audio.isZero() || !(realTimeFactor > 0)) {
      return;
    }
    all.add(realTimeFactor);
    seconds.add(audio.toNanos() * 1e-9);
    Average known = byVersion.get(version);
    if (known == null && byVersion.size() < MAX_VERSIONS) {
      known = byVersion.computeIfAbsent(version, unused -> new Average(FIRST_FACTOR));
    }
    if (known != null) {
      known.add(realTimeFactor);
    }
  }

  /** Cores that an utterance with this version keeps busy. */
  public double of(String version) {
    Average known = byVersion.get(version);
    return known == null ? FIRST_FACTOR : known.value();
  }

  /** Cores that an utterance keeps busy whose version is not chosen yet. */
  public double ofAny() {
    return all.value();
  }

  /** How long an utterance usually is. */
  public Duration utterance() {
    return Duration.ofNanos((long) (seconds.value() * 1e9));
  }

  private static final class Average {
    private final AtomicLong bits;

    Average(double first) {
      bits = new AtomicLong(Double.doubleToLongBits(first));
    }

    double value() {
      return Double.longBitsToDouble(bits.get());
    }

    void add(double sample) {
      bits.updateAndGet(
          old -> {
            double before = Double.longBitsToDouble(old);
            return Double.doubleToLongBits(before + WEIGHT_OF_NEWEST * (sample - before));
          });
    }
  }
}
