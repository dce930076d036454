// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.asr.recognition.DecodeSimulation.Arrival;
import halfsecond.asr.recognition.DecodeSimulation.SimulatedClip;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What holds for any workload, also one that is more than the threads can do: a block never begins
 * while a more urgent clip waits, so a finishing clip waits for no block but those that run
 * already; nobody who speaks waits for audio younger than his own; and late and batch clips, which
 * may have to wait as long as anything live waits, all end once it does not.
 */
final class DecodeOrderProperties {
  private static final int CLIPS = 100;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void nobodyIsOvertakenByTheLessUrgentAndNobodyStarves(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    boolean overloaded = seed % 2 == 0;
    double load = overloaded ? 3 : 0.5 + 0.4 * random.nextDouble();
    int threads = random.nextInt(1, 5);
    List<Arrival> workload =
        new Workloads(seed, 0.3, overloaded ? 10 : 1).clips(CLIPS, load, threads);
    Map<DecodeRank, Integer> picks = new ConcurrentHashMap<>();
    List<DecodeSimulation> self = new ArrayList<>();
    DecodeSimulation simulation =
        new DecodeSimulation(
            Scheduling.DEADLINE,
            threads,
            picked -> {
              picks.merge(picked.rank(), 1, Integer::sum);
              assertThat(self.get(0).waitingClips())
                  .as("overtaken by a clip of rank %s", picked.rank())
                  .noneMatch(waiting -> isMoreUrgent(waiting, picked));
            });
    self.add(simulation);

    List<SimulatedClip> clips = simulation.run(workload);

    assertThat(clips).hasSize(CLIPS).allMatch(SimulatedClip::isComplete);
    assertThat(picks)
        .containsKeys(DecodeRank.LIVE_FINISHING, DecodeRank.LIVE, DecodeRank.BATCH_FINISHING);
    if (overloaded) {
      assertThat(picks).containsKey(DecodeRank.LATE);
    }
  }

  private static boolean isMoreUrgent(SimulatedClip waiting, SimulatedClip picked) {
    int order = waiting.rank().compareTo(picked.rank());
    return order < 0 || (order == 0 && waiting.dueNanos() < picked.dueNanos());
  }
}
