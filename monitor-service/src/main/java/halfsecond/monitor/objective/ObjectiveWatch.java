// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.objective;

import halfsecond.monitor.catalogue.BudgetShares;
import halfsecond.monitor.objective.ObjectiveChange.Burn;
import halfsecond.monitor.record.Clip;
import halfsecond.monitor.record.DecodeStatistics;
import halfsecond.monitor.record.Finality;
import halfsecond.monitor.record.LatencyInstants;
import halfsecond.monitor.record.Outcome;
import halfsecond.monitor.record.TrafficClass;
import halfsecond.monitor.record.UtteranceRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Judges every objective at the end of each minute of the events' own time, so that the same
 * records in the same order say the same whenever they are read. Records may be late; one counts
 * for its own minute and is seen at the next end of a minute. Memory is fixed, about 370 KB with
 * the usual rules. Sessions that were refused before anybody spoke have no record and are not seen
 * here. Not safe for use by several threads.
 */
public final class ObjectiveWatch {
  private static final double NANOS = 1e9;

  private final Blame blame;
  private final BurnWatch latency;
  private final BurnWatch availability;
  private final RateWatch rates;

  /** The first minute that was not judged yet. */
  private long next = Long.MAX_VALUE;

  /** After so many minutes without anything there is nothing left to judge. */
  private final long longest;

  /**
   * @param shares by which a late answer is put down to a stage
   */
  public ObjectiveWatch(ObjectiveSettings settings, BudgetShares shares) {
    blame = new Blame(shares);
    latency = new BurnWatch(Objective.LATENCY, settings.latency(), settings);
    availability = new BurnWatch(Objective.AVAILABILITY, settings.availability(), settings);
    rates = new RateWatch(settings);
    longest = settings.longestWindow().plusHours(1).toMinutes();
  }

  /**
   * Takes a record. What was only compared counts for nothing.
   *
   * @return what changed with the minutes that it shows to be over, in their order
   */
  public List<ObjectiveChange> add(UtteranceRecord utterance) {
    Instant at = utterance.origin().eventTime();
    List<ObjectiveChange> changes = tick(at);
    if (!utterance.shadow()) {
      long minute = minute(at);
      cost(utterance, minute);
      if (!(utterance.outcome() instanceof Outcome.Late)) {
        rates.asked(minute);
        if (utterance.origin().trafficClass() == TrafficClass.LIVE) {
          live(utterance, minute);
        }
      }
    }
    return changes;
  }

  /** Lets time pass: judges the minutes that are over. A time before that changes nothing. */
  public List<ObjectiveChange> tick(Instant now) {
    long current = minute(now);
    if (next == Long.MAX_VALUE) {
      next = current;
    }
    List<ObjectiveChange> changes = new ArrayList<>();
    if (current - next > longest) {
      // The first of them empty all windows, the others find them so.
      long empty = next + longest;
      judge(empty, changes);
      next = current;
    }
    judge(current, changes);
    return changes;
  }

  /**
   * How many cores all replicas of recognition may use together, as they report it; without it
   * nothing is said about {@link Objective#CAPACITY}.
   *
   * @param from in the minute from which this holds; nothing that was judged is judged again
   * @param known 0 or more; 0 means not known any more
   */
  public void cores(Instant from, double known) {
    if (!(known >= 0 && known < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("cores must be 0 or more");
    }
    rates.cores(minute(from), known);
  }

  /**
   * What the level of an objective rests on by the latest minute that was no better; empty if it
   * was never missed.
   */
  public Optional<ObjectiveChange.Evidence> evidence(Objective objective) {
    return Optional.ofNullable(
        switch (objective) {
          case LATENCY -> latency.evidence();
          case AVAILABILITY -> availability.evidence();
          case THROUGHPUT -> rates.throughput().evidence();
          case CAPACITY -> rates.capacityState().evidence();
        });
  }

  /** The end of the latest minute that was judged; the beginning of time before the first. */
  Instant judgedUntil() {
    return next == Long.MAX_VALUE ? Instant.MIN : Instant.ofEpochSecond(next * 60);
  }

  Level level(Objective objective) {
    return switch (objective) {
      case LATENCY -> latency.level();
      case AVAILABILITY -> availability.level();
      case THROUGHPUT -> rates.throughput().level();
      case CAPACITY -> rates.capacityState().level();
    };
  }

  /** How fast the error budget of latency or availability is spent, by rule; else empty. */
  List<Burn> burns(Objective objective) {
    return switch (objective) {
      case LATENCY -> latency.burns();
      case AVAILABILITY -> availability.burns();
      case THROUGHPUT, CAPACITY -> List.of();
    };
  }

  /** Utterances a second that recognition can carry; 0 while that is not known. */
  double capacity() {
    return rates.capacity();
  }

  private void judge(long until, List<ObjectiveChange> changes) {
    for (; next < until; next++) {
      latency.end(next).ifPresent(changes::add);
      availability.end(next).ifPresent(changes::add);
      changes.addAll(rates.end(next));
    }
  }

  private void live(UtteranceRecord utterance, long minute) {
    if (utterance.outcome() instanceof Outcome.Rejected rejected) {
      blame.refused(rejected.reason()).ifPresent(stage -> availability.add(minute, stage));
    } else if (utterance.outcome() instanceof Outcome.Final answered) {
      availability.add(minute, null);
      LatencyInstants instants = utterance.latency();
      Duration budget = instants == null ? null : instants.budget();
      if (instants != null && budget != null) {
        boolean late =
            answered.finality() == Finality.DEADLINE || instants.sent().compareTo(budget) > 0;
        latency.add(minute, late ? blame.late(instants, budget) : null);
      }
    }
  }

  private void cost(UtteranceRecord utterance, long minute) {
    if (utterance.outcome() instanceof Outcome.Final answered
        && answered.finality() == Finality.DEADLINE) {
      // It was not decoded to the end; what it cost comes with its second revision.
      return;
    }
    Clip clip = utterance.clip();
    DecodeStatistics decode = utterance.recognition().decode();
    if (clip.length() != null && decode != null && decode.realTimeFactor() != null) {
      rates.cost(minute, decode.realTimeFactor() * clip.length().clip().toNanos() / NANOS);
    }
  }

  private static long minute(Instant at) {
    return Math.floorDiv(at.getEpochSecond(), 60);
  }
}
