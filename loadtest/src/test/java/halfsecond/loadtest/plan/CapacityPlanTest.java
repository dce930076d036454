// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class CapacityPlanTest {
  private static final long PLENTY = 1L << 40;

  @Test
  void reckonsCoresFromRateCostAndHeadroom() {
    CapacityPlan plan = CapacityPlan.of(SamplePlan.costs(), SamplePlan.settings(1000, 1, PLENTY));

    // 1000/s x 1.25 x 80 ms = 100 cores busy, 125 at 0.8: 32 replicas of 4, 3 on each of 11 and
    // one.
    assertThat(plan.machines()).isEqualTo(12);
    ServicePlan asr = plan.service("asr");
    assertThat(asr.busyCores()).isCloseTo(100, within(1e-9));
    assertThat(asr.neededInstances()).isEqualTo(32);
    assertThat(asr.perMachine()).isEqualTo(3);
    assertThat(asr.instances()).isEqualTo(36);
    assertThat(asr.cores()).isEqualTo(144);
    assertThat(asr.utilisationAfterLoss()).isCloseTo(100.0 / 132, within(1e-9));
    assertThat(plan.service("router").busyCores()).isCloseTo(5, within(1e-9));
  }

  @Test
  void carriesTheRateWithinTheUtilisationAfterTheLoss() {
    for (double rate = 1; rate < 3000; rate = rate * 1.3 + 1) {
      CapacityPlan plan = CapacityPlan.of(SamplePlan.costs(), SamplePlan.settings(rate, 2, PLENTY));

      assertThat(plan.services())
          .allMatch(service -> service.utilisationAfterLoss() <= 0.8 + 1e-9)
          .allMatch(service -> service.utilisation() <= service.utilisationAfterLoss());
      int onOne =
          plan.services().stream().mapToInt(s -> s.perMachine() * s.coresPerInstance()).sum();
      assertThat(onOne).isLessThanOrEqualTo(16);
    }
  }

  @Test
  void reckonsMemoryFromWhatIsOpen() {
    CapacityPlan plan = CapacityPlan.of(SamplePlan.costs(), SamplePlan.settings(1000, 0, PLENTY));

    // 2,500 clips at 3 MiB, 3,750 sessions at a quarter.
    ServicePlan asr = plan.service("asr");
    assertThat(asr.bytes() / (double) SamplePlan.MIB)
        .isCloseTo(asr.instances() * 600.0 + 7500, within(1.0));
    ServicePlan router = plan.service("router");
    assertThat(router.bytes() / (double) SamplePlan.MIB)
        .isCloseTo(router.instances() * 400.0 + 937.5, within(1.0));
  }

  @Test
  void takesMoreMachinesWhenMemoryIsShort() {
    long little = 2300 * SamplePlan.MIB;

    CapacityPlan wide = CapacityPlan.of(SamplePlan.costs(), SamplePlan.settings(1000, 0, PLENTY));
    CapacityPlan tight = CapacityPlan.of(SamplePlan.costs(), SamplePlan.settings(1000, 0, little));

    assertThat(tight.machines()).isGreaterThan(wide.machines());
    long onOne =
        tight.services().stream().mapToLong(s -> s.perMachine() * s.bytesPerInstance()).sum();
    assertThat(onOne).isLessThanOrEqualTo(little);
  }

  @Test
  void saysWhenNothingFits() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> CapacityPlan.of(SamplePlan.costs(), SamplePlan.settings(10, 0, SamplePlan.MIB)))
        .withMessageContaining("memory");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PlanSettings(1, 0, 0.8, 0, 4, PLENTY, 2, 2, 4, 1))
        .withMessageContaining("a machine of 4 cores");
  }

  @Test
  void refusesCostsThatCannotBe() {
    Costs good = SamplePlan.costs();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Costs(0, 1, 1, 0, 0, 0, 1, List.of(), 0, 0, 0, 0, 0, 0))
        .withMessageContaining("routerCpuMillis");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Costs(1, 1, 80, 80, 0, 0, 1, List.of(), 0, 0, 0, 0, 0, 0))
        .withMessageContaining("finishMillis");
    assertThat(good.realTimeFactor()).isCloseTo(0.04, within(1e-12));
  }
}
