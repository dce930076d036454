// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against queueing theory where that has an answer, and against reason where it has none. */
class CapacitySimulationTest {
  private static final double NEVER = Double.POSITIVE_INFINITY;

  @ParameterizedTest
  @CsvSource({"1, 0.5", "1, 0.8", "2, 0.7", "4, 0.8", "8, 0.9"})
  void waitsAsErlangSaysWithExponentialCosts(int cores, double load) {
    double serviceMillis = 10;
    SimulationResult result = queue(cores, load, serviceMillis, 1, 4000);

    double wait = erlangC(cores, load * cores) * serviceMillis / (cores * (1 - load));
    assertThat(result.mean()).isCloseTo(serviceMillis + wait, withPercentage(4));
    assertThat(result.utilisation()).isCloseTo(load, withPercentage(2));
  }

  @ParameterizedTest
  @CsvSource({"0, 0.5", "0, 0.8", "0.5, 0.8", "1.5, 0.7"})
  void waitsAsPollaczekAndKhinchineSayOnOneCore(double spread, double load) {
    double serviceMillis = 10;
    SimulationResult result = queue(1, load, serviceMillis, spread, 6000);

    double wait = serviceMillis * load * (1 + spread * spread) / (2 * (1 - load));
    assertThat(result.mean()).isCloseTo(serviceMillis + wait, withPercentage(5));
  }

  @Test
  void obeysLittlesLaw() {
    SimulationResult result =
        new CapacitySimulation(speech(50, 600).withMachines(2, 1, 3), 5).run();

    assertThat(result.meanOpen())
        .isCloseTo(result.arrivalRate() * result.meanSeconds(), withPercentage(1.5));
    assertThat(result.utilisation()).isCloseTo(result.arrivalRate() * 0.08 / 6, withPercentage(3));
  }

  @Test
  void takesTheWaitTheFinishAndTheOverheadWithoutLoad() {
    Costs constant = new Costs(4, 2, 80, 10, 0, 5, 2, List.of(1.0, 2.0), 0, 0, 0, 0, 0, 0);
    SimulationSettings idle = SimulationSettings.of(constant, 0.05, 4000).withMachines(1, 1, 4);

    SimulationResult result = new CapacitySimulation(idle, 1).run();

    // 200 ms until the end is known, 10 of finish, 5 of overhead; the last block is long decoded.
    assertThat(result.p50()).isCloseTo(215, withPercentage(0.01));
    assertThat(result.max()).isCloseTo(215, withPercentage(0.01));
    assertThat(result.within()).isEqualTo(1);
  }

  @Test
  void givesTheSameForTheSameSeed() {
    SimulationSettings settings = speech(30, 60).withMachines(1, 1, 4);

    SimulationResult once = new CapacitySimulation(settings, 11).run();

    assertThat(new CapacitySimulation(settings, 11).run()).isEqualTo(once);
    assertThat(new CapacitySimulation(settings, 12).run()).isNotEqualTo(once);
  }

  @Test
  void refusesRatherThanAnsweringLate() {
    SimulationSettings twice = speech(100, 300).withMachines(1, 1, 4);

    SimulationResult guarded = new CapacitySimulation(twice, 1).run();
    SimulationResult open = new CapacitySimulation(twice.withAdmission(NEVER, true), 1).run();

    assertThat(guarded.within()).isGreaterThan(0.999);
    assertThat(guarded.refusedShare()).isBetween(0.5, 0.75);
    assertThat(guarded.utilisation()).isLessThan(0.8);
    assertThat(open.refused()).isZero();
    assertThat(open.within()).isLessThan(0.1);
    assertThat(open.p99()).isGreaterThan(10_000);
  }

  @Test
  void helpsTheTailToFinishFirstWhatHasEnded() {
    SimulationSettings busy = speech(23, 900).withMachines(1, 1, 2);

    SimulationResult first = new CapacitySimulation(busy.withAdmission(NEVER, true), 1).run();
    SimulationResult inOrder = new CapacitySimulation(busy.withAdmission(NEVER, false), 1).run();

    assertThat(first.p99()).isLessThan(inOrder.p99());
    assertThat(first.mean()).isLessThan(inOrder.mean());
    assertThat(first.utilisation()).isCloseTo(inOrder.utilisation(), withPercentage(2));
  }

  @Test
  void replaysWhatALostMachineRecognizedAndCutsWhatItsRouterHeld() {
    CapacityPlan plan = CapacityPlan.of(SamplePlan.costs(), SamplePlan.settings(300, 1, 1L << 40));

    SimulationResult result = new CapacitySimulation(plan.simulation(90, 30), 1).run();

    // About 2.2 s x 300/s are open; with n machines 1/n lose their router, 1/n x (n-1)/n a replica.
    double open = 300 * 2.2;
    double share = 1.0 / plan.machines();
    assertThat((double) result.cut()).isCloseTo(open * share, withPercentage(35));
    assertThat((double) result.replayed())
        .isCloseTo(open * share * (1 - share), withPercentage(35));
    assertThat(result.refused()).isZero();
    assertThat(result.within()).isGreaterThan(0.99);
    assertThat(result.replayedP99()).isLessThan(1500).isGreaterThan(result.p50());
  }

  @Test
  void carriesAThousandASecond() {
    CapacityPlan plan = CapacityPlan.of(SamplePlan.costs(), SamplePlan.settings(1000, 1, 1L << 40));

    SimulationResult result = new CapacitySimulation(plan.simulation(40, NEVER), 1).run();

    assertThat(result.answered()).isGreaterThan(25_000);
    assertThat(result.refused()).isZero();
    assertThat(result.p999()).isLessThan(500);
  }

  @Test
  void cannotLoseItsOnlyMachine() {
    assertThatIllegalArgumentException().isThrownBy(() -> speech(1, 60).withLoss(30));
  }

  private static SimulationSettings speech(double rate, double seconds) {
    return SimulationSettings.of(SamplePlan.costs(), rate, seconds);
  }

  /** Nothing but finishes, one after the other: a textbook queue. */
  private static SimulationResult queue(
      int cores, double load, double millis, double spread, double seconds) {
    double rate = load * cores / millis * 1000;
    SimulationSettings settings =
        new SimulationSettings(
            rate,
            seconds * 10 / rate * 5,
            1,
            List.of(0.0),
            0.1,
            0,
            millis,
            spread,
            0,
            0,
            0.5,
            NEVER,
            true,
            1,
            1,
            cores,
            NEVER,
            0);
    return new CapacitySimulation(settings, 17).run();
  }

  /** The probability to wait in M/M/c at {@code offered} erlangs. */
  private static double erlangC(int cores, double offered) {
    double blocking = 1;
    for (int core = 1; core <= cores; core++) {
      blocking = offered * blocking / (core + offered * blocking);
    }
    return blocking / (1 - offered / cores * (1 - blocking));
  }
}
