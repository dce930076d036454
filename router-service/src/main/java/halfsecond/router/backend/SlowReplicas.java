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
 * median of what it took is above five times that of all others together, and above 300 ms for
 * progress or 150 ms for finals. Finals go first, while the progress of other clips waits longer on
 * a replica that has a little more to do; up to the backlog that admission allows that is no fault.
 * What is being waited for counts with the time that it has taken so far. Twice in a row and the
 * replica is left out, and its streams are given up, if the others have cores to spare for its
 * work: otherwise they would become slow in turn. At {@link #INTERVAL} that happens within 2 s. For
 * one thread.
 */
public final class SlowReplicas {
  /** How often to check. */
  public static final Duration INTERVAL = Duration.ofMillis(250);

  private static final Duration WINDOW = Duration.ofMillis(1_500);
  private static final long LEAST_PROGRESS_NANOS = Duration.ofMillis(300).toNanos();
  private static final long LEAST_FINAL_NANOS = Duration.ofMillis(150).toNanos();
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
        if (slow(replica, progress, LEAST_PROGRESS_NANOS)
            || slow(replica, finals, LEAST_FINAL_NANOS)) {
          again.put(replica, suspected.getOrDefault(replica, 0) + 1);
        }
      }
    }
    suspected = again;
    again.forEach((replica, verdicts) -> judge(replica, verdicts, used));
  }

  private void judge(Replica replica, int verdicts, List<Replica> used) {
    if (verdicts >= VERDICTS
        && canDoWithout(replica, used)
        && fleet.eject(replica, EjectionCause.SLOW)) {
      List.copyOf(replica.streams()).forEach(OpenStream::slow);
    }
  }

  private static boolean canDoWithout(Replica replica, List<Replica> used) {
    double cores = 0;
    double busy = 0;
    for (Replica each : used) {
      cores += each == replica ? 0 : each.load().cores();
      busy += each.utilization() * each.load().cores();
    }
    return busy <= cores;
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
        late(
            replica.streams().stream().mapToLong(stream -> stream.progressDue(now)),
            LEAST_PROGRESS_NANOS));
  }

  private static LongStream finals(Replica replica, Long now) {
    return LongStream.concat(
        replica.finalTimes(WINDOW),
        late(
            replica.streams().stream().mapToLong(stream -> stream.finalDue(now)),
            LEAST_FINAL_NANOS));
  }

  /** What has not waited for long yet tells nothing. */
  private static LongStream late(LongStream due, long least) {
    return due.filter(nanos -> nanos > least);
  }

  private static boolean slow(Replica replica, Map<Replica, long[]> times, long least) {
    long[] own = times.getOrDefault(replica, new long[0]);
    List<long[]> rest = new ArrayList<>(times.values());
    rest.remove(own);
    long[] others = rest.stream().flatMapToLong(LongStream::of).sorted().toArray();
    if (own.length < MIN_COUNT || others.length < MIN_COUNT) {
      return false;
    }
    long median = own[own.length / 2];
    return median > least && median > TIMES_SLOWER * others[others.length / 2];
  }
}
