// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.result;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run at one offered load.
 *
 * @param kind what it was for: "probe", "deciding", "run", "overload", "ramp" or "soak"
 * @param arrivals "poisson" or "fixed"
 * @param seed of the schedule
 * @param offeredQps mean rate of the schedule
 * @param seconds from the first intended start to the last
 * @param verdict of a search: "pass", "fail" or "undecided"; empty outside of one
 * @param goodputQps finals within the bound, a second
 * @param latencies by name, see {@link LatencyNames}; empty when the generator fell behind
 * @param histogram final latency: bars for a picture
 * @param overTime one a second or coarser, at most 600
 * @param stages where the server says that the time went, in order
 * @param processes what each process of the server took, by service; empty where it is not known
 * @param valid the generator kept to the schedule and nothing was left open
 */
public record RunResult(
    String kind,
    String arrivals,
    long seed,
    double offeredQps,
    double seconds,
    String verdict,
    double goodputQps,
    Counts counts,
    Map<String, Percentiles> latencies,
    List<Bar> histogram,
    List<Slice> overTime,
    List<StageShare> stages,
    Accuracy accuracy,
    Generator generator,
    List<ProcessUse> processes,
    boolean valid,
    List<String> problems) {
  public RunResult {
    histogram = List.copyOf(histogram);
    overTime = List.copyOf(overTime);
    stages = List.copyOf(stages);
    processes = List.copyOf(processes);
    problems = List.copyOf(problems);
  }

  /** The same with a verdict. */
  public RunResult withVerdict(String given) {
    return new RunResult(
        kind,
        arrivals,
        seed,
        offeredQps,
        seconds,
        given,
        goodputQps,
        counts,
        latencies,
        histogram,
        overTime,
        stages,
        accuracy,
        generator,
        processes,
        valid,
        problems);
  }

  /**
   * What became of the queries. {@code scheduled} is the sum of {@code answered}, {@code refused},
   * {@code failed} and {@code unanswered}.
   *
   * @param withinBound answered within the bound
   * @param refused of which {@code refusedAtOpen} before any speech
   * @param deadline answered with what there was at the deadline
   * @param replayed answered by a second attempt
   * @param duplicates finals beyond what one query may have
   * @param failures by code
   * @param splits answered queries that the server took for several utterances; their last final
   *     counts
   */
  public record Counts(
      long scheduled,
      long answered,
      long withinBound,
      long refused,
      long refusedAtOpen,
      long failed,
      long unanswered,
      long deadline,
      long replayed,
      long duplicates,
      Map<String, Long> failures,
      long partials,
      long bytesSent,
      long splits) {}

  /** Queries whose final latency is up to {@code upToMillis} and above that of the bar before. */
  public record Bar(double upToMillis, long count) {}

  /**
   * Queries that were to start in one slice of the run.
   *
   * @param p50 null when nothing was answered
   */
  public record Slice(
      double second,
      double offeredQps,
      double answeredQps,
      double refusedQps,
      @Nullable Double p50,
      @Nullable Double p99,
      int open) {}

  /** One stage's share of the final latency. */
  public record StageShare(String stage, double mean, double p50, double p99) {}

  /**
   * Words against the corpus's transcripts.
   *
   * @param wordErrorRate 0 to 1 and above; null without words
   * @param nullRate share of answers without words
   */
  public record Accuracy(
      long words, long errors, @Nullable Double wordErrorRate, double nullRate) {}

  /**
   * How well the generator kept to its schedule.
   *
   * @param lateness of sending, against the intended instants
   * @param cpuSeconds that it took itself
   */
  public record Generator(Percentiles lateness, double cpuSeconds) {}

  /** What a process took during the run. */
  public record ProcessUse(String service, double cpuSeconds, long peakResidentBytes) {}
}
