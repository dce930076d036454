// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.measure;

import halfsecond.loadtest.drive.Ending;
import halfsecond.loadtest.drive.Outcome;
import halfsecond.loadtest.result.RunResult.Slice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A run over time: each query in the slice in which it was to start. */
final class Slices {
  private static final int MOST = 600;

  private Slices() {}

  /**
   * @param planned of the run; one that was stopped early has fewer slices
   * @param believable whether latencies may be shown
   */
  static List<Slice> of(List<Outcome> outcomes, Duration planned, boolean believable) {
    long width = Math.max(1, (planned.toSeconds() + MOST - 1) / MOST);
    long widthNanos = Duration.ofSeconds(width).toNanos();
    long last = outcomes.stream().mapToLong(Outcome::startNanos).max().orElse(-1);
    List<List<Outcome>> byStart = new ArrayList<>();
    for (long from = 0; from <= last; from += widthNanos) {
      byStart.add(new ArrayList<>());
    }
    outcomes.forEach(
        outcome -> byStart.get((int) (outcome.startNanos() / widthNanos)).add(outcome));
    int[] open = openAtEnds(outcomes, byStart.size(), widthNanos);
    List<Slice> slices = new ArrayList<>();
    for (int i = 0; i < byStart.size(); i++) {
      slices.add(slice(byStart.get(i), (double) (i * width), (double) width, open[i], believable));
    }
    return slices;
  }

  private static Slice slice(
      List<Outcome> started, double second, double width, int open, boolean believable) {
    Distribution latency = new Distribution();
    started.forEach(outcome -> outcome.latencyNanos().ifPresent(latency::add));
    boolean shown = believable && latency.count() > 0;
    return new Slice(
        second,
        started.size() / width,
        latency.count() / width,
        started.stream().filter(outcome -> outcome.ending() == Ending.REFUSED).count() / width,
        shown ? latency.millisAt(50) : null,
        shown ? latency.millisAt(99) : null,
        open);
  }

  private static int[] openAtEnds(List<Outcome> outcomes, int slices, long widthNanos) {
    int[] changes = new int[slices + 1];
    for (Outcome outcome : outcomes) {
      changes[slot(outcome.startNanos(), slices, widthNanos)]++;
      changes[slot(outcome.endedNanos(), slices, widthNanos)]--;
    }
    int[] open = new int[slices];
    int now = 0;
    for (int i = 0; i < slices; i++) {
      now += changes[i];
      open[i] = now;
    }
    return open;
  }

  private static int slot(long nanos, int slices, long widthNanos) {
    return (int) Math.min(slices, Math.max(0, nanos) / widthNanos);
  }
}
