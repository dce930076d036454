// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.objective;

import halfsecond.monitor.objective.ObjectiveChange.Rate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Watches how many utterances there are against how many were planned, and against how many
 * recognition can carry: the cores it has, over what an utterance has cost lately. Refused
 * utterances are asked for like any other. Not safe for use by several threads.
 */
final class RateWatch {
  /** Over which a rate is taken. */
  private static final Duration RATE = Duration.ofMinutes(10);

  /** Over which costs are averaged. */
  private static final Duration COST = Duration.ofHours(1);

  private static final int IN_RATE = 0;
  private static final int IN_COST = 1;
  private static final int ASKED = 0;
  private static final int CORE_SECONDS = 1;
  private static final int COSTED = 2;

  /** Fewer say nothing about a rate or a cost. */
  private static final long LEAST = 100;

  /** Of what can be carried, so much may be asked for. */
  private static final double FULL = 0.9;

  /** A limit that was passed is passed still so far on its other side. */
  private static final double MARGIN = 0.05;

  /** So long a limit must be passed: a burst is no matter. */
  private static final int MINUTES = 5;

  private final ObjectiveSettings settings;
  private final RecentSums sums = new RecentSums(3, (int) RATE.toMinutes(), (int) COST.toMinutes());
  private final Steadiness throughput = new Steadiness(Objective.THROUGHPUT);
  private final Steadiness capacity = new Steadiness(Objective.CAPACITY);

  /** By the minute from which it holds: what holds in the minute that is judged, and later ones. */
  private final NavigableMap<Long, Double> cores = new TreeMap<>();

  /** Minutes in a row beyond the limit. */
  private int over;

  private int small;

  RateWatch(ObjectiveSettings settings) {
    this.settings = settings;
  }

  void asked(long minute) {
    sums.add(minute, ASKED, 1);
  }

  /** What recognizing one utterance took. */
  void cost(long minute, double coreSeconds) {
    sums.add(minute, CORE_SECONDS, coreSeconds);
    sums.add(minute, COSTED, 1);
  }

  /** How many cores all of recognition has from a minute on; 0 while it is not known. */
  void cores(long from, double known) {
    cores.put(from, known);
  }

  List<ObjectiveChange> end(long minute) {
    sums.advance(minute);
    Instant began = Instant.ofEpochSecond(minute * 60);
    Instant at = began.plusSeconds(60);
    List<ObjectiveChange> changes = new ArrayList<>();
    long asked = sums.count(ASKED, IN_RATE);
    double rate = asked / (double) RATE.toSeconds();
    double target = settings.targetPerSecond();
    boolean tooMany = target > 0 && asked >= LEAST && rate > target * margin(throughput, -1);
    over = tooMany ? over + 1 : 0;
    Rate offered = new Rate(rate, target, asked, RATE);
    throughput.take(verdict(throughput, over, began, offered), at).ifPresent(changes::add);
    double needed = Math.max(target, asked < LEAST ? 0 : rate / FULL);
    double carried = capacity(coresIn(minute));
    boolean tooFew = carried > 0 && carried < needed * margin(capacity, 1);
    small = tooFew ? small + 1 : 0;
    Rate measured = new Rate(carried, needed, sums.count(COSTED, IN_COST), COST);
    capacity.take(verdict(capacity, small, began, measured), at).ifPresent(changes::add);
    return changes;
  }

  /** Utterances a second that recognition can carry by now; 0 while that is not known. */
  double capacity() {
    return cores.isEmpty() ? 0 : capacity(cores.lastEntry().getValue());
  }

  private double coresIn(long minute) {
    Map.Entry<Long, Double> held = cores.floorEntry(minute);
    if (held == null) {
      return 0;
    }
    cores.headMap(held.getKey(), false).clear();
    return held.getValue();
  }

  private double capacity(double cores) {
    double costed = sums.sum(COSTED, IN_COST);
    double spent = sums.sum(CORE_SECONDS, IN_COST);
    return costed < LEAST || !(spent > 0) ? 0 : cores * settings.utilization() * costed / spent;
  }

  /** Of what is asked for against the plan. */
  Steadiness throughput() {
    return throughput;
  }

  /** Of what can be carried. */
  Steadiness capacityState() {
    return capacity;
  }

  private static double margin(Steadiness state, int side) {
    return state.level() == Level.MET ? 1 : 1 + side * MARGIN;
  }

  /** What fires goes on with every minute beyond the limit, not only with several in a row. */
  private static Steadiness.Verdict verdict(
      Steadiness state, int minutes, Instant began, Rate rate) {
    Level level =
        minutes == 0
            ? Level.MET
            : minutes >= MINUTES || state.level() == Level.TICKET ? Level.TICKET : Level.SUSPECTED;
    return new Steadiness.Verdict(level, began, rate);
  }
}
