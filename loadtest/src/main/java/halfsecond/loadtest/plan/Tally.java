// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.plan;

import java.util.Arrays;

/** Counts what became of utterances, and how much of the cores was used. */
final class Tally {
  private static final double NANOS = 1e9;

  private final long from;
  private final long until;
  private double[] latencies = new double[1024];
  private double[] replayedLatencies = new double[64];
  private int answered;
  private int replayed;
  private long refused;
  private long cut;
  private long within;
  private double inSystem;
  private double busy;
  private double offered;
  private double openTime;
  private long admitted;
  private long at;

  /** Counts from one instant of virtual time, in nanoseconds, to another. */
  Tally(long from, long until) {
    this.from = from;
    this.until = until;
    this.at = from;
  }

  /** Called with each step of time: until now, so many utterances were open on so many cores. */
  void advance(long now, int open, int cores) {
    long end = Math.min(now, until);
    if (end > at) {
      openTime += (double) (end - at) * open;
      offered += (double) (end - at) * cores;
      at = end;
    }
  }

  /** A core begins to work for so long. */
  void work(long now, long nanos) {
    busy += Math.max(0, Math.min(now + nanos, until) - Math.max(now, from));
  }

  void admit(long now) {
    admitted += now >= from ? 1 : 0;
  }

  void refuse(long now) {
    refused += now >= from ? 1 : 0;
  }

  void cut(Clip clip) {
    cut += clip.speechEnd() >= from ? 1 : 0;
  }

  void answer(Clip clip, long now, double overheadMillis, double budgetMillis) {
    if (clip.speechEnd() < from) {
      return;
    }
    double millis = (now - clip.speechEnd()) / 1e6 + overheadMillis;
    latencies = put(latencies, answered++, millis);
    if (clip.attempt > 0) {
      replayedLatencies = put(replayedLatencies, replayed++, millis);
    }
    within += millis <= budgetMillis ? 1 : 0;
    inSystem += (now - clip.start) / NANOS;
  }

  SimulationResult result() {
    double[] sorted = Arrays.copyOf(latencies, answered);
    Arrays.sort(sorted);
    double[] second = Arrays.copyOf(replayedLatencies, replayed);
    Arrays.sort(second);
    double seconds = (until - from) / NANOS;
    return new SimulationResult(
        answered,
        refused,
        cut,
        replayed,
        busy / offered,
        Arrays.stream(sorted).average().orElse(Double.NaN),
        at(sorted, 0.5),
        at(sorted, 0.99),
        at(sorted, 0.999),
        at(sorted, 1),
        answered == 0 ? Double.NaN : (double) within / answered,
        at(second, 0.99),
        openTime / (until - from),
        answered == 0 ? Double.NaN : inSystem / answered,
        admitted / seconds);
  }

  private static double[] put(double[] values, int index, double value) {
    double[] room = index < values.length ? values : Arrays.copyOf(values, index * 2);
    room[index] = value;
    return room;
  }

  private static double at(double[] sorted, double share) {
    int index = (int) Math.ceil(share * sorted.length) - 1;
    return sorted.length == 0 ? Double.NaN : sorted[Math.max(0, index)];
  }
}
