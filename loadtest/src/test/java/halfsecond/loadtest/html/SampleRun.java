// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.html;

import halfsecond.loadtest.result.LatencyNames;
import halfsecond.loadtest.result.Percentiles;
import halfsecond.loadtest.result.RunResult;
import halfsecond.loadtest.result.RunResult.Accuracy;
import halfsecond.loadtest.result.RunResult.Bar;
import halfsecond.loadtest.result.RunResult.Counts;
import halfsecond.loadtest.result.RunResult.Generator;
import halfsecond.loadtest.result.RunResult.ProcessUse;
import halfsecond.loadtest.result.RunResult.Slice;
import halfsecond.loadtest.result.RunResult.StageShare;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Invents a run of a server with a capacity: what it is asked beyond that, it queues or refuses.
 */
final class SampleRun {
  private final Random random;
  private final double capacity;
  private final double floor;
  private final boolean refuses;
  private final double processMillis;

  /**
   * @param floor final latency without load, in ms
   * @param refuses what it cannot carry, instead of queueing it
   * @param processMillis CPU of an answer; 0 when its processes are not known
   */
  SampleRun(long seed, double capacity, double floor, boolean refuses, double processMillis) {
    this.random = new Random(seed);
    this.capacity = capacity;
    this.floor = floor;
    this.refuses = refuses;
    this.processMillis = processMillis;
  }

  RunResult run(String kind, double rate, double seconds, String verdict) {
    int scheduled = (int) (rate * seconds);
    double carried = refuses ? Math.min(1, capacity * 0.97 / rate) : 1;
    int answered = (int) Math.round(scheduled * carried);
    double[] millis = latencies(Math.max(1, answered), rate, seconds);
    long within = Arrays.stream(millis).filter(value -> value <= 500).count();
    return new RunResult(
        kind,
        "poisson",
        random.nextInt(1_000_000),
        rate,
        seconds,
        verdict,
        within / seconds,
        counts(scheduled, answered, within),
        named(millis, scheduled - answered),
        bars(millis),
        slices(millis, rate, seconds, carried),
        stages(millis),
        new Accuracy(answered * 9L, answered, 1.0 / 9, 0.004),
        new Generator(summary(spread(1000, 0.2, 0.5)), seconds * 0.11),
        processes(answered),
        true,
        List.of());
  }

  /** The same when the generator fell behind. */
  static RunResult invalid(RunResult run, String problem) {
    return new RunResult(
        run.kind(),
        run.arrivals(),
        run.seed(),
        run.offeredQps(),
        run.seconds(),
        "undecided",
        run.goodputQps(),
        run.counts(),
        Map.of(),
        List.of(),
        List.of(),
        List.of(),
        run.accuracy(),
        new Generator(new Percentiles(1000, 41, 22, 90, 140, 310, 480, 512), run.seconds() * 0.9),
        run.processes(),
        false,
        List.of(problem));
  }

  private double[] latencies(int count, double rate, double seconds) {
    double used = refuses ? Math.min(rate / capacity, 0.945) : rate / capacity;
    double[] millis = new double[count];
    for (int index = 0; index < count; index++) {
      double wait =
          used < 1 ? -Math.log(1 - random.nextDouble()) * floor * 0.018 / (1.03 - used) : 0;
      double grown = used < 1 ? 0 : (used - 1) * seconds * 1000 * index / count / used;
      double heavy = random.nextInt(300) == 0 ? floor * 0.5 * random.nextDouble() : 0;
      millis[index] = floor + Math.abs(random.nextGaussian()) * floor * 0.05 + wait + grown + heavy;
    }
    return millis;
  }

  private static Counts counts(int scheduled, int answered, long within) {
    int refused = scheduled - answered;
    Map<String, Long> failures =
        refused > 0 ? Map.of("RESOURCE_EXHAUSTED", (long) refused) : Map.of();
    long partials = answered * 6L;
    long bytes = scheduled * 93_000L;
    return new Counts(
        scheduled,
        answered,
        within,
        refused,
        refused * 9 / 10,
        0,
        0,
        answered / 400,
        0,
        0,
        failures,
        partials,
        bytes,
        answered / 900);
  }

  private Map<String, Percentiles> named(double[] millis, int refused) {
    Map<String, Percentiles> named = new LinkedHashMap<>();
    named.put(LatencyNames.FINAL, summary(millis));
    named.put(LatencyNames.FINAL_FROM_LAST_WORD, summary(shift(millis, 43)));
    named.put(LatencyNames.FIRST_PARTIAL, summary(spread(millis.length, 610, 80)));
    named.put(LatencyNames.PARTIAL_GAP, summary(spread(millis.length, 204, 22)));
    if (refused > 0) {
      named.put(LatencyNames.REFUSAL_AT_OPEN, summary(spread(refused, 3, 6)));
    }
    return named;
  }

  private double[] spread(int count, double least, double more) {
    return random.doubles(count).map(value -> least - Math.log(1 - value) * more).toArray();
  }

  private static double[] shift(double[] values, double by) {
    return Arrays.stream(values).map(value -> value + by).toArray();
  }

  static Percentiles summary(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double mean = Arrays.stream(sorted).average().orElse(0);
    return new Percentiles(
        sorted.length,
        mean,
        at(sorted, 0.5),
        at(sorted, 0.9),
        at(sorted, 0.95),
        at(sorted, 0.99),
        at(sorted, 0.999),
        at(sorted, 1));
  }

  private static double at(double[] sorted, double share) {
    return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
  }

  private static List<Bar> bars(double[] millis) {
    double most = Arrays.stream(millis).max().orElse(1);
    double width = most < 1000 ? 5 : most / 120;
    long[] counts = new long[(int) (most / width) + 1];
    Arrays.stream(millis).forEach(value -> counts[(int) (value / width)]++);
    List<Bar> bars = new ArrayList<>();
    for (int index = 0; index < counts.length; index++) {
      bars.add(new Bar((index + 1) * width, counts[index]));
    }
    return bars;
  }

  private List<Slice> slices(double[] millis, double rate, double seconds, double carried) {
    int many = (int) Math.min(120, seconds);
    List<Slice> slices = new ArrayList<>();
    for (int index = 0; index < many; index++) {
      int from = millis.length * index / many;
      int to = millis.length * (index + 1) / many;
      double offered = rate * (1 + random.nextGaussian() / Math.sqrt(rate * seconds / many));
      Percentiles part = summary(Arrays.copyOfRange(millis, from, Math.max(to, from + 1)));
      double refused = offered * (1 - carried);
      @Nullable Double p50 = to > from ? part.p50() : null;
      @Nullable Double p99 = to > from ? part.p99() : null;
      double second = index * seconds / many;
      slices.add(
          new Slice(second, offered, offered - refused, refused, p50, p99, (int) (rate * 3)));
    }
    return slices;
  }

  private List<StageShare> stages(double[] millis) {
    if (processMillis == 0) {
      return List.of();
    }
    Percentiles all = summary(millis);
    double decode = Math.max(1, all.mean() - 206);
    return List.of(
        new StageShare("vad", 200.4, 200, 204),
        new StageShare("route", 2.1, 1.4, 9.5),
        new StageShare("asr", decode, all.p50() - 206, all.p99() - 207),
        new StageShare("deliver", 0.9, 0.6, 4.2));
  }

  private List<ProcessUse> processes(int answered) {
    if (processMillis == 0) {
      return List.of();
    }
    double cpu = answered * processMillis / 1000;
    return List.of(
        new ProcessUse("router", cpu * 0.06, 412L << 20),
        new ProcessUse("vad", cpu * 0.05, 188L << 20),
        new ProcessUse("asr-1", cpu * 0.445, 731L << 20),
        new ProcessUse("asr-2", cpu * 0.445, 728L << 20));
  }
}
