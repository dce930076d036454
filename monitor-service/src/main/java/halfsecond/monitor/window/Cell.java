// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.window;

import halfsecond.common.error.Reason;
import halfsecond.monitor.sketch.ValueSketch;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Counts and distributions of the utterances of one series in one window, or of several added up.
 * Not thread-safe.
 */
public final class Cell implements Mergeable<Cell> {
  private final Map<Tally, Long> tallies = new EnumMap<>(Tally.class);
  private final Map<Measure, ValueSketch> sketches = new EnumMap<>(Measure.class);
  private final Map<Reason, Long> refusals = new EnumMap<>(Reason.class);

  void count(Tally tally) {
    count(tally, 1);
  }

  void count(Tally tally, long times) {
    tallies.merge(tally, times, Long::sum);
  }

  void refused(Reason reason) {
    refusals.merge(reason, 1L, Long::sum);
  }

  void measured(Measure measure, double value) {
    sketches.computeIfAbsent(measure, m -> new ValueSketch()).add(value);
  }

  @Override
  public void merge(Cell other) {
    other.tallies.forEach(this::count);
    other.sketches.forEach(
        (measure, sketch) ->
            sketches.computeIfAbsent(measure, m -> new ValueSketch()).merge(sketch));
    other.refusals.forEach((reason, times) -> refusals.merge(reason, times, Long::sum));
  }

  public long tally(Tally tally) {
    return tallies.getOrDefault(tally, 0L);
  }

  /** Empty if nothing was measured. The caller must not add to it. */
  public ValueSketch sketch(Measure measure) {
    return sketches.getOrDefault(measure, new ValueSketch());
  }

  public Map<Reason, Long> refusals() {
    return Collections.unmodifiableMap(refusals);
  }

  /** Values held in memory. */
  int retained() {
    return sketches.values().stream().mapToInt(ValueSketch::retained).sum();
  }
}
