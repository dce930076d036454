// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.backend;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.router.backend.Stand.Stream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Far slower than the others: out within two seconds. */
final class SlowReplicasTest {
  private static final long STEP = 50;

  /** So many milliseconds of traffic, with a check whenever one is due. */
  private static long run(
      Stand stand, SlowReplicas detector, long millis, long first, long... others) {
    for (long passed = STEP; passed <= millis; passed += STEP) {
      stand.pass(STEP).report();
      if (passed % 100 == 0) {
        stand.replica(0).progressed(first * 1_000_000);
        for (int i = 0; i < others.length; i++) {
          stand.replica(i + 1).progressed(others[i] * 1_000_000);
        }
      }
      if (passed % SlowReplicas.INTERVAL.toMillis() == 0) {
        detector.check();
        if (stand.replica(0).ejected()) {
          return passed;
        }
      }
    }
    return -1;
  }

  @Test
  void leavesOutWhoBecomesTenTimesSlowerWithinTwoSeconds() {
    Stand stand = new Stand(3);
    SlowReplicas detector = new SlowReplicas(stand.fleet, stand.ticker);
    Stream stream = new Stream();
    PendingCosts.Entry unused = stand.replica(0).opened(stream, 0.1);
    assertThat(run(stand, detector, 5_000, 30, 30, 35)).isEqualTo(-1);

    long out = run(stand, detector, 5_000, 350, 30, 35);

    assertThat(out).isBetween(1L, 2_000L);
    assertThat(stream.given).isEqualTo(1);
    assertThat(stand.replica(1).ejected() || stand.replica(2).ejected()).isFalse();
  }

  @Test
  void countsWhatIsStillWaitedFor() {
    Stand stand = new Stand(2);
    SlowReplicas detector = new SlowReplicas(stand.fleet, stand.ticker);
    for (int i = 0; i < 5; i++) {
      Stream stuck = new Stream();
      stuck.finalDue = Duration.ofMillis(400).toNanos();
      PendingCosts.Entry unused = stand.replica(0).opened(stuck, 0.1);
      stand.replica(1).answered(20_000_000);
    }

    detector.check();
    assertThat(stand.replica(0).ejected()).as("once is not enough").isFalse();
    detector.check();
    assertThat(stand.replica(0).ejected()).isTrue();
  }

  @Test
  void leavesOutNobodyWhenAllAreSlow() {
    Stand stand = new Stand(2);
    SlowReplicas detector = new SlowReplicas(stand.fleet, stand.ticker);

    assertThat(run(stand, detector, 5_000, 900, 400)).isEqualTo(-1);
    assertThat(stand.replica(1).ejected()).isFalse();
  }

  @Test
  void leavesOutNobodyForBeingSlowerAndStillFast() {
    Stand stand = new Stand(2);
    SlowReplicas detector = new SlowReplicas(stand.fleet, stand.ticker);

    assertThat(run(stand, detector, 5_000, 140, 5)).isEqualTo(-1);
  }

  @Test
  void leavesOutNobodyWhoseWorkTheOthersCannotTake() {
    Stand stand = new Stand(2);
    SlowReplicas detector = new SlowReplicas(stand.fleet, stand.ticker);
    PendingCosts.Entry unused = stand.replica(0).opened(new Stream(), 0.6);
    stand.busy(1.1);

    assertThat(run(stand, detector, 5_000, 900, 5)).isEqualTo(-1);

    stand.busy(0.9);
    assertThat(run(stand, detector, 5_000, 900, 5)).as("of ten seconds").isEqualTo(-1);
    assertThat(run(stand, detector, 12_000, 900, 5)).isPositive();
  }

  @Test
  void countsWhatTheWorkOfASlowOneTakesElsewhere() {
    Stand stand = new Stand(2);
    SlowReplicas detector = new SlowReplicas(stand.fleet, stand.ticker);
    for (int i = 0; i < 5; i++) {
      Stream stuck = new Stream();
      stuck.finalDue = Duration.ofMillis(400).toNanos();
      PendingCosts.Entry unused = stand.replica(0).opened(stuck, 0.1);
      stand.replica(1).answered(20_000_000);
    }
    stand.replica(0).reported(Stand.load(2));
    stand.replica(1).reported(Stand.load(0.5));

    detector.check();
    detector.check();

    assertThat(stand.replica(0).ejected()).isTrue();
  }

  @Test
  void waitsForNoSlowOneWhileNothingIsKnownOfTheOthersCores() {
    Stand stand = new Stand(2);
    SlowReplicas detector = new SlowReplicas(stand.fleet, stand.ticker);
    PendingCosts.Entry unused = stand.replica(0).opened(new Stream(), 0.1);
    for (int i = 0; i < 5; i++) {
      stand.replica(0).progressed(900_000_000);
      stand.replica(1).progressed(5_000_000);
    }
    stand.replica(1).reported(LoadReport.NONE);

    detector.check();
    detector.check();

    assertThat(stand.replica(0).ejected()).isTrue();
  }

  @Test
  void takesTheBacklogOfAReplicaWithMoreToDoForNoFault() {
    Stand stand = new Stand(2);
    SlowReplicas detector = new SlowReplicas(stand.fleet, stand.ticker);

    assertThat(run(stand, detector, 5_000, 250, 10)).isEqualTo(-1);
  }

  @Test
  void needsMoreThanAFewMeasurements() {
    Stand stand = new Stand(2);
    SlowReplicas detector = new SlowReplicas(stand.fleet, stand.ticker);
    for (int i = 0; i < 3; i++) {
      stand.replica(0).progressed(900_000_000);
    }
    for (int i = 0; i < 10; i++) {
      stand.replica(1).progressed(5_000_000);
    }

    detector.check();
    detector.check();

    assertThat(stand.replica(0).ejected()).isFalse();
  }

  @Test
  void startsWithACleanSlateWhenItIsBack() {
    Stand stand = new Stand(2);
    SlowReplicas detector = new SlowReplicas(stand.fleet, stand.ticker);
    assertThat(run(stand, detector, 3_000, 900, 5)).isPositive();
    stand.pass(5_000).report();
    assertThat(stand.replica(0).ejected()).isFalse();

    assertThat(run(stand, detector, 5_000, 5, 5)).isEqualTo(-1);
  }
}
