// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.objective;

import halfsecond.common.error.Reason;
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
import java.util.Set;

/**
 * Judges every objective at the end of each minute of the events' own time, so that the same
 * records in the same order say the same whenever they are read. Records may be late; one counts
 * for its own minute and is seen at the next end of a minute. Memory is fixed, about 150 KB.
 * Sessions that were refused before anybody spoke have no record and are not seen here. Not safe
 * for use by several threads.
 */
public final class ObjectiveWatch {
  private static final double NANOS = 1e9;

  /** After so much time without anything there is nothing left to judge. */
  private static final long LONGEST = Duration.ofDays(3).plusHours(1).toMinutes();

  /** Refusals that are not the client's doing. */
  private static final Set<Reason> FAILURES =
      Set.of(
          Reason.SATURATED,
          Reason.DRAINING,
          Reason.REPLAY_EXHAUSTED,
          Reason.BACKEND_UNAVAILABLE,
          Reason.DEADLINE_EXCEEDED,
          Reason.INTERNAL);

  private final BurnWatch latency;
  private final BurnWatch availability;
  private final RateWatch rates;

  /** The first minute that was not judged yet. */
  private long next = Long.MAX_VALUE;

  public ObjectiveWatch(ObjectiveSettings settings) {
    latency = new BurnWatch(Objective.LATENCY, settings.latency(), settings.leastBad());
    availability =
        new BurnWatch(Objective.AVAILABILITY, settings.availability(), settings.leastBad());
    rates = new RateWatch(settings);
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
    if (current - next > LONGEST) {
      // The first of them empty all windows, the others find them so.
      long empty = next + LONGEST;
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
   * @param known 0 or more; 0 means not known any more
   */
  public void cores(double known) {
    if (!(known >= 0 && known < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("cores must be 0 or more");
    }
    rates.cores(known);
  }

  /** The level of an objective now. */
  public Level level(Objective objective) {
    return switch (objective) {
      case LATENCY -> latency.level();
      case AVAILABILITY -> availability.level();
      case THROUGHPUT -> rates.throughputLevel();
      case CAPACITY -> rates.capacityLevel();
    };
  }

  /** How fast the error budget of latency or availability is spent, by rule; else empty. */
  public List<Burn> burns(Objective objective) {
    return switch (objective) {
      case LATENCY -> latency.burns();
      case AVAILABILITY -> availability.burns();
      case THROUGHPUT, CAPACITY -> List.of();
    };
  }

  /**
   * Utterances a second that recognition can carry, by what utterances cost in the last hour; 0
   * while that is not known.
   */
  public double capacity() {
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
      if (FAILURES.contains(rejected.reason())) {
        availability.add(minute, true);
      }
    } else if (utterance.outcome() instanceof Outcome.Final answered) {
      availability.add(minute, false);
      LatencyInstants instants = utterance.latency();
      if (instants != null && instants.budget() != null) {
        latency.add(
            minute,
            answered.finality() == Finality.DEADLINE
                || instants.sent().compareTo(instants.budget()) > 0);
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
