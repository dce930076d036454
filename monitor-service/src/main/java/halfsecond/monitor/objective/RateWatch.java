// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.objective;

import halfsecond.monitor.objective.ObjectiveChange.Rate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

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

  private static final List<Duration> WINDOWS = List.of(RATE, COST);
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

  private final ObjectiveSettings settings;
  private final MinuteSums sums = new MinuteSums(3, WINDOWS);
  private final Steadiness throughput = new Steadiness(Objective.THROUGHPUT);
  private final Steadiness capacity = new Steadiness(Objective.CAPACITY);
  private double cores;

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

  /** How many cores all of recognition has; 0 while it is not known. */
  void cores(double known) {
    cores = known;
  }

  List<ObjectiveChange> end(long minute) {
    sums.advance(minute);
    Instant began = Instant.ofEpochSecond(minute * 60);
    Instant at = began.plusSeconds(60);
    List<ObjectiveChange> changes = new ArrayList<>();
    long asked = Math.round(sums.sum(ASKED, IN_RATE));
    double rate = asked / (double) RATE.toSeconds();
    double target = settings.targetPerSecond();
    Rate offered = new Rate(rate, target, asked);
    boolean over = target > 0 && asked >= LEAST && rate > target * margin(throughput, -1);
    throughput.take(verdict(over, began, offered), at).ifPresent(changes::add);
    double needed = Math.max(target, asked < LEAST ? 0 : rate / FULL);
    Rate carried = new Rate(capacity(), needed, Math.round(sums.sum(COSTED, IN_COST)));
    boolean small = carried.perSecond() > 0 && carried.perSecond() < needed * margin(capacity, 1);
    capacity.take(verdict(small, began, carried), at).ifPresent(changes::add);
    return changes;
  }

  /** Utterances a second that recognition can carry; 0 while that is not known. */
  double capacity() {
    double costed = sums.sum(COSTED, IN_COST);
    double spent = sums.sum(CORE_SECONDS, IN_COST);
    return costed < LEAST || !(spent > 0) ? 0 : cores * settings.utilization() * costed / spent;
  }

  Level throughputLevel() {
    return throughput.level();
  }

  Level capacityLevel() {
    return capacity.level();
  }

  private static double margin(Steadiness state, int side) {
    return state.level() == Level.MET ? 1 : 1 + side * MARGIN;
  }

  private static Steadiness.Verdict verdict(boolean missed, Instant began, Rate rate) {
    return new Steadiness.Verdict(missed ? Level.TICKET : Level.MET, began, rate);
  }
}
