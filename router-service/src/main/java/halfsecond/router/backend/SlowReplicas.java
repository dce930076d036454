// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.backend;

import halfsecond.common.concurrent.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.LongStream;

/**
 * Finds the replica that is far slower than the others: over the last one and a half seconds the
 * median of what it took, for progress or for finals, is above 150 ms and above five times that of
 * all others together. What is being waited for counts with the time that it has taken so far.
 * Twice in a row and the replica is left out, and its streams are given up. At {@link #INTERVAL}
 * that happens within 2 s. For one thread.
 */
public final class SlowReplicas {
  /** How often to check. */
  public static final Duration INTERVAL = Duration.ofMillis(250);

  private static final Duration WINDOW = Duration.ofMillis(1_500);
  private static final long LEAST_NANOS = Duration.ofMillis(150).toNanos();
  private static final int TIMES_SLOWER = 5;
  private static final int MIN_COUNT = 4;
  private static final int VERDICTS = 2;

  private final Fleet<? extends Member> fleet;
  private final Ticker ticker;
  private Map<Replica, Integer> suspected = Map.of();

  public SlowReplicas(Fleet<? extends Member> fleet, Ticker ticker) {
    this.fleet = fleet;
    this.ticker = ticker;
  }

  /** Looks once. */
  public void check() {
    List<Replica> used = fleet.inUse();
    Map<Replica, Integer> again = new HashMap<>();
    if (used.size() > 1) {
      Map<Replica, long[]> progress = times(used, SlowReplicas::progress);
      Map<Replica, long[]> finals = times(used, SlowReplicas::finals);
      for (Replica replica : used) {
        if (slow(replica, progress) || slow(replica, finals)) {
          again.put(replica, suspected.getOrDefault(replica, 0) + 1);
        }
      }
    }
    suspected = again;
    again.forEach(this::judge);
  }

  private void judge(Replica replica, int verdicts) {
    if (verdicts >= VERDICTS && fleet.eject(replica, EjectionCause.SLOW)) {
      List.copyOf(replica.streams()).forEach(OpenStream::slow);
    }
  }

  private Map<Replica, long[]> times(
      List<Replica> replicas, BiFunction<Replica, Long, LongStream> measured) {
    Map<Replica, long[]> times = new HashMap<>();
    replicas.forEach(
        replica -> times.put(replica, measured.apply(replica, ticker.nanos()).sorted().toArray()));
    return times;
  }

  private static LongStream progress(Replica replica, Long now) {
    return LongStream.concat(
        replica.progressTimes(WINDOW),
        late(replica.streams().stream().mapToLong(stream -> stream.progressDue(now))));
  }

  private static LongStream finals(Replica replica, Long now) {
    return LongStream.concat(
        replica.finalTimes(WINDOW),
        late(replica.streams().stream().mapToLong(stream -> stream.finalDue(now))));
  }

  /** What has not waited for long yet tells nothing. */
  private static LongStream late(LongStream due) {
    return due.filter(nanos -> nanos > LEAST_NANOS);
  }

  private static boolean slow(Replica replica, Map<Replica, long[]> times) {
    long[] own = times.getOrDefault(replica, new long[0]);
    List<long[]> rest = new ArrayList<>(times.values());
    rest.remove(own);
    long[] others = rest.stream().flatMapToLong(LongStream::of).sorted().toArray();
    if (own.length < MIN_COUNT || others.length < MIN_COUNT) {
      return false;
    }
    long median = own[own.length / 2];
    return median > LEAST_NANOS && median > TIMES_SLOWER * others[others.length / 2];
  }
}
