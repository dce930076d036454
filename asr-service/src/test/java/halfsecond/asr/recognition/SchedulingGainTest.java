// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.asr.recognition.DecodeSimulation.Arrival;
import halfsecond.asr.recognition.DecodeSimulation.SimulatedClip;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What scheduling by deadline buys the callers who wait: the same arrivals on two threads, in
 * virtual time.
 */
final class SchedulingGainTest {
  private static final int CLIPS = 2_000;
  private static final int THREADS = 2;
  private static final double LOAD = 0.9;

  @ParameterizedTest(name = "seed {0}, {1} of the clips are batch")
  @CsvSource({"1, 0", "2, 0", "1, 0.2", "2, 0.2"})
  void answersNoLaterThanByArrival(long seed, double batchShare) {
    List<Arrival> clips = new Workloads(seed, batchShare, 1).clips(CLIPS, LOAD, THREADS);

    Duration byArrival = p99(Scheduling.ARRIVAL, clips);
    Duration byDeadline = p99(Scheduling.DEADLINE, clips);

    System.out.printf(
        "finalize p99 at %.0f %% load, %.0f %% batch, seed %d: by arrival %d ms, by deadline %d ms%n",
        100 * LOAD, 100 * batchShare, seed, byArrival.toMillis(), byDeadline.toMillis());
    assertThat(byDeadline).isLessThanOrEqualTo(byArrival);
  }

  /** Of all live clips, late answers included. */
  private static Duration p99(Scheduling scheduling, List<Arrival> clips) {
    List<SimulatedClip> done = new DecodeSimulation(scheduling, THREADS, clip -> {}).run(clips);
    long[] nanos =
        done.stream()
            .filter(clip -> clip.arrival.live())
            .mapToLong(SimulatedClip::finalizeNanos)
            .sorted()
            .toArray();
    return Duration.ofNanos(nanos[nanos.length * 99 / 100]);
  }
}
