// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.catalogue;

import halfsecond.monitor.catalogue.UtteranceMetric.Reading;
import halfsecond.monitor.record.LatencyInstants;
import halfsecond.monitor.record.Outcome;
import halfsecond.monitor.record.RecordId;
import halfsecond.monitor.record.UtteranceRecord;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How values are taken from records. What the client got is in revision 1 and counted there alone;
 * revision 2 adds the late answer.
 */
final class Readings {
  private static final double NANOS = 1e9;

  private Readings() {}

  /** Of every utterance, whatever became of it. */
  static Reading utterance(Function<UtteranceRecord, @Nullable Double> value) {
    return it -> it.id().revision() == RecordId.FIRST ? known(value.apply(it)) : none();
  }

  /** Of utterances that got a final. */
  static Reading answered(Function<Outcome.Final, @Nullable Double> value) {
    return it -> it.outcome() instanceof Outcome.Final its ? known(value.apply(its)) : none();
  }

  /** Of finals for which recognition had a hypothesis. */
  static Reading heard(Function<Outcome.Final, @Nullable Double> value) {
    return answered(it -> it.noHypothesis() ? null : value.apply(it));
  }

  /** Of finals, where their time went. */
  static Reading timed(Function<LatencyInstants, @Nullable Double> value) {
    return it -> {
      LatencyInstants latency = it.latency();
      return latency == null || !(it.outcome() instanceof Outcome.Final)
          ? none()
          : known(value.apply(latency));
    };
  }

  /** Whether it holds, of finals that had a budget. */
  static Reading budgeted(Predicate<UtteranceRecord> event) {
    return it -> {
      LatencyInstants latency = it.latency();
      return latency == null || latency.budget() == null || !(it.outcome() instanceof Outcome.Final)
          ? none()
          : known(flag(event.test(it)));
    };
  }

  /** Of full answers that came after a cut final. */
  static Reading late(Function<Outcome.Late, @Nullable Double> value) {
    return it -> it.outcome() instanceof Outcome.Late its ? known(value.apply(its)) : none();
  }

  static Double flag(boolean event) {
    return event ? 1.0 : 0.0;
  }

  static double seconds(Duration duration) {
    return duration.toNanos() / NANOS;
  }

  static @Nullable Double secondsIfSet(@Nullable Duration duration) {
    return duration == null ? null : (Double) seconds(duration);
  }

  static OptionalDouble known(@Nullable Double value) {
    return value == null ? none() : OptionalDouble.of(value);
  }

  static OptionalDouble none() {
    return OptionalDouble.empty();
  }
}
