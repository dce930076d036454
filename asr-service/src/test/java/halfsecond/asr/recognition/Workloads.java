// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

import halfsecond.asr.recognition.DecodeSimulation.Arrival;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Seeded arrivals for {@link DecodeSimulation}, with the costs that were measured. */
final class Workloads {
  /** Of a block of 100 ms: the fast and the accurate model on a static graph. */
  private static final long FAST_BLOCK = Duration.ofNanos(2_500_000).toNanos();

  private static final long ACCURATE_BLOCK = Duration.ofNanos(3_700_000).toNanos();
  private static final long FINISH = Duration.ofMillis(11).toNanos();
  private static final long WITHIN = Duration.ofMillis(200).toNanos();

  private final SplittableRandom random;
  private final double batchShare;
  private final double slowness;

  /**
   * @param batchShare share of clips that are sent at once and that nobody waits for
   * @param slowness what a block costs, in multiples of what was measured
   */
  Workloads(long seed, double batchShare, double slowness) {
    this.random = new SplittableRandom(seed);
    this.batchShare = batchShare;
    this.slowness = slowness;
  }

  /**
   * Clips that arrive at random (Poisson).
   *
   * @param load share of the threads' time that they take
   */
  List<Arrival> clips(int count, double load, int threads) {
    List<Arrival> drawn = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      drawn.add(clip());
    }
    double meanCost = drawn.stream().mapToLong(Arrival::cost).average().orElseThrow();
    double meanGap = meanCost / (load * threads);
    List<Arrival> clips = new ArrayList<>();
    double time = 0;
    for (Arrival clip : drawn) {
      time -= meanGap * Math.log(1 - random.nextDouble());
      clips.add(starting((long) time, clip));
    }
    return clips;
  }

  private Arrival clip() {
    boolean live = random.nextDouble() >= batchShare;
    // Each block costs up to half more or less than usual.
    double luck = slowness * (0.5 + random.nextDouble());
    long block = random.nextInt(4) == 0 ? ACCURATE_BLOCK : FAST_BLOCK;
    return new Arrival(
        0,
        random.nextInt(10, 60),
        live ? DecodeSimulation.BLOCK_NANOS : 0,
        live,
        WITHIN / 4 + random.nextLong(WITHIN),
        (long) (block * luck),
        FINISH);
  }

  private static Arrival starting(long nanos, Arrival clip) {
    return new Arrival(
        nanos,
        clip.blocks(),
        clip.arrivalNanos(),
        clip.live(),
        clip.within(),
        clip.blockCost(),
        clip.finishCost());
  }
}
