// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.backend;

import halfsecond.common.concurrent.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Finds the replica that is far slower than the others: over the last one and a half seconds the
 * median of what it took is above five times that of all others together, and above 300 ms for
 * progress or 150 ms for finals. Finals go first, while the progress of other clips waits longer on
 * a replica that has a little more to do; up to the backlog that admission allows that is no fault.
 * What is being waited for counts with the time that it has taken so far. Twice in a row and the
 * replica is left out, and its streams are given up, if the others have room for the most that all
 * of them had to do in the last ten seconds: on busy machines a replica falls behind for a moment
 * now and then, and without it the rest would become slow in turn or admission refuse what could be
 * answered. At {@link #INTERVAL} that happens within 2 s. For one thread.
 */
public final class SlowReplicas {
  /** How often to check. */
  public static final Duration INTERVAL = Duration.ofMillis(250);

  private static final Duration WINDOW = Duration.ofMillis(1_500);
  private static final int TIMES_SLOWER = 5;
  private static final int MIN_COUNT = 4;
  private static final int VERDICTS = 2;

  /** Part of the others' cores that their work and that of the slow one may take. */
  private static final double ROOM = 0.8;

  /** Demand comes and goes; ten seconds of it. */
  private static final int CHECKS_REMEMBERED = 40;

  private final Fleet<? extends Member> fleet;
  private final Ticker ticker;
  private final Map<Replica, Demand> demands = new HashMap<>();
  private Map<Replica, Integer> suspected = Map.of();

  /** What a replica had to do lately, in cores. */
  private static final class Demand {
    /** What it reports. */
    final RecentPeak reported = new RecentPeak(CHECKS_REMEMBERED);

    /** What its work takes elsewhere: what it takes there may be what is wrong with it. */
    final RecentPeak usual = new RecentPeak(CHECKS_REMEMBERED);

    void sample(Replica replica) {
      reported.add(replica.utilization() * replica.load().cores());
      usual.add(replica.usualCores());
    }
  }

  public SlowReplicas(Fleet<? extends Member> fleet, Ticker ticker) {
    this.fleet = fleet;
    this.ticker = ticker;
  }

  /** Looks once. */
  public void check() {
    List<Replica> used = fleet.inUse();
    demands.keySet().retainAll(used);
    used.forEach(it -> demands.computeIfAbsent(it, unused -> new Demand()).sample(it));
    Map<Replica, Integer> again = new HashMap<>();
    for (Sign sign : Sign.values()) {
      for (Replica replica : slow(sign, used)) {
        again.put(replica, suspected.getOrDefault(replica, 0) + 1);
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

  private boolean canDoWithout(Replica replica, List<Replica> used) {
    double cores = 0;
    double busy = 0;
    for (Replica each : used) {
      Demand demand = demands.getOrDefault(each, new Demand());
      if (each == replica) {
        busy += demand.usual.value();
      } else {
        cores += each.load().cores();
        busy += demand.reported.value();
      }
    }
    // Nothing known of the others' cores is no reason to wait for a slow one.
    return cores == 0 || busy <= ROOM * cores;
  }

  private List<Replica> slow(Sign sign, List<Replica> used) {
    Map<Replica, long[]> times = new HashMap<>();
    used.forEach(replica -> times.put(replica, sign.times(replica, ticker.nanos())));
    return used.stream().filter(replica -> slow(replica, times, sign.leastNanos)).toList();
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

  /** What a replica is judged by. */
  private enum Sign {
    PROGRESS(Duration.ofMillis(300)) {
      @Override
      LongStream taken(Replica replica) {
        return replica.progressTimes(WINDOW);
      }

      @Override
      long due(OpenStream stream, long now) {
        return stream.progressDue(now);
      }
    },
    FINALS(Duration.ofMillis(150)) {
      @Override
      LongStream taken(Replica replica) {
        return replica.finalTimes(WINDOW);
      }

      @Override
      long due(OpenStream stream, long now) {
        return stream.finalDue(now);
      }
    };

    /** Up to here it is no fault. */
    private final long leastNanos;

    Sign(Duration least) {
      this.leastNanos = least.toNanos();
    }

    abstract LongStream taken(Replica replica);

    abstract long due(OpenStream stream, long now);

    /** In order. What has not waited for long yet tells nothing. */
    long[] times(Replica replica, long now) {
      LongStream waiting =
          replica.streams().stream()
              .mapToLong(stream -> due(stream, now))
              .filter(nanos -> nanos > leastNanos);
      return LongStream.concat(taken(replica), waiting).sorted().toArray();
    }
  }
}
