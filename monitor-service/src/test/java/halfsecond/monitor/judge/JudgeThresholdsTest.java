// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import halfsecond.monitor.threshold.Setting;
import halfsecond.monitor.threshold.Target;
import halfsecond.monitor.threshold.ThresholdChange;
import halfsecond.monitor.window.CohortKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What people set decides what is an alarm. Ten utterances a second; a minute is a period. */
final class JudgeThresholdsTest {
  private static final Pace SHORT =
      new Pace(Duration.ofMinutes(1), 2, 200, 12, Duration.ofHours(20));
  private static final String METRIC = "vad.leading_silence";
  private static final Target EVERYBODY = new Target(METRIC, null);
  private static final Target OF_BANK =
      new Target(METRIC, new CohortKey(CohortKey.Dimension.TENANT, "bank"));
  private static final double LEAD = 0.2;

  /** One and a half standard deviations less. */
  private static final double CUT = 0.17;

  private final Judge judge = new Judge(Watchlist.builtIn(), SHORT, 16);
  private final Random random = new Random(6);
  private Instant now = Instant.parse("2026-03-02T00:00:00Z");
  private int number;

  @Test
  void aLargerEffectIsAskedForAndSmallerOnesAreNoAlarm() {
    set(EVERYBODY, effect(2.5));
    seconds(360, LEAD);

    seconds(300, CUT);
    assertThat(judge.alarms()).isEmpty();

    set(EVERYBODY, null);
    seconds(60, CUT);
    assertThat(judge.alarms()).as("as the judge would have it").hasSize(1);
  }

  @Test
  void aSmallerEffectIsAskedForAndFound() {
    set(EVERYBODY, effect(0.05));
    seconds(2_000, LEAD);
    int before = judge.alarms().size();

    // A tenth of a standard deviation: half of that is worth nothing unless somebody says so.
    for (int i = 0; i < 60_000 && judge.alarms().size() == before; i++) {
      add(LEAD - 0.002);
    }

    assertThat(before).isZero();
    assertThat(judge.alarms()).hasSize(1);
  }

  @Test
  void aThresholdOfOneCohortLeavesTheOthersAlone() {
    set(OF_BANK, effect(3.5));
    seconds(360, LEAD);

    seconds(60, CUT);

    assertThat(judge.alarms()).hasSize(1);
    assertThat(judge.alarms().get(0).evidence())
        .extracting(it -> it.series().cohort())
        .contains((CohortKey) null)
        .doesNotContain(OF_BANK.cohort());
  }

  @Test
  void whatIsMutedIsNoAlarmUntilItIsMutedNoLonger() {
    set(EVERYBODY, new Setting(null, null, null, null, null, true));
    seconds(360, LEAD);
    seconds(120, CUT);
    assertThat(judge.alarms()).isEmpty();

    set(EVERYBODY, null);
    seconds(1, CUT);
    assertThat(judge.alarms()).hasSize(1);
    assertThat(judge.alarms().get(0).resolved()).isEmpty();

    set(EVERYBODY, new Setting(null, null, null, null, null, true));
    seconds(1, CUT);
    assertThat(judge.alarms().get(0).resolved()).isPresent();
  }

  @Test
  void aChangeMustHoldForAsLongAsWasAskedFor() {
    set(EVERYBODY, new Setting(null, null, null, Duration.ofMinutes(10), null, false));
    seconds(360, LEAD);
    Instant began = now;

    seconds(540, CUT);
    assertThat(judge.alarms()).isEmpty();
    seconds(120, CUT);

    assertThat(judge.alarms()).hasSize(1);
    assertThat(judge.alarms().get(0).fired().orElseThrow())
        .isBetween(began.plus(Duration.ofMinutes(9)), began.plus(Duration.ofMinutes(11)));
  }

  @Test
  void anAlarmIsOverOnlyAfterAsLongAsWasAskedFor() {
    set(EVERYBODY, new Setting(null, null, null, null, Duration.ofMinutes(20), false));
    seconds(360, LEAD);
    seconds(60, CUT);
    Instant back = now;

    seconds(900, LEAD);
    assertThat(judge.alarms()).hasSize(1);
    assertThat(judge.alarms().get(0).resolved()).as("after a quarter of an hour").isEmpty();
    seconds(600, LEAD);

    assertThat(judge.alarms().get(0).resolved().orElseThrow())
        .isAfterOrEqualTo(back.plus(Duration.ofMinutes(20)));
  }

  @Test
  void aChangeMustShowInAsManyValuesAsWereAskedFor() {
    set(EVERYBODY, new Setting(null, null, 2_000L, null, null, false));
    seconds(360, LEAD);

    // The sum of all rises with each value, whoever is meant.
    seconds(150, CUT);
    assertThat(judge.alarms()).isEmpty();
    seconds(100, CUT);

    assertThat(judge.alarms()).hasSize(1);
  }

  @Test
  void whatIsSetHoldsFromItsTimeOn() {
    judge.set(change(EVERYBODY, effect(2.5), now.plusSeconds(420)));
    seconds(360, LEAD);

    seconds(30, CUT);

    assertThat(judge.alarms()).as("records of before are judged as they were then").hasSize(1);
  }

  @Test
  void saysWhatIsInForceAndHowItAdapted() {
    assertThat(inForce(EVERYBODY).minimumEffect()).isEqualTo(0.25);
    assertThat(inForce(EVERYBODY).significance()).isEqualTo(0.001);
    assertThat(inForce(EVERYBODY).minimumCount()).isEqualTo(100);
    assertThat(inForce(new Target("asr.null_transcripts", null)).minimumEffect()).isEqualTo(0.005);

    Pace days = new Pace(Duration.ofMinutes(1), 4, 2_000, 12, Duration.ofHours(20));
    Judge restless = new Judge(Watchlist.builtIn(), days, 0);
    for (int i = 0; i < 3_600; i++) {
      now = now.plusMillis(100);
      double lead = LEAD + (i / 600 % 2 == 0 ? 0.03 : -0.03) + 0.02 * random.nextGaussian();
      restless.add(Utterances.ofTenant("bank", now, lead));
    }

    double adapted =
        restless.thresholds().stream()
            .filter(it -> it.target().equals(EVERYBODY))
            .findFirst()
            .orElseThrow()
            .minimumEffect();
    assertThat(adapted).as("periods differ by 0.06 s").isGreaterThan(1);
    List<ThresholdChange> history =
        restless.adaptations().stream().filter(it -> it.target().equals(EVERYBODY)).toList();
    assertThat(history).isNotEmpty();
    assertThat(history.get(0).after()).isEqualTo(Setting.adapted(adapted));
    assertThat(history.get(history.size() - 1).before()).isEqualTo(Setting.adapted(0.25));
    assertThat(history).allSatisfy(it -> assertThat(it.actor()).isEqualTo("monitor"));
  }

  @Test
  void saysWhatWasSetOfWhomNothingIsKnown() {
    set(OF_BANK, new Setting(null, 0.01, null, Duration.ofMinutes(5), null, false));
    judge.tick(now);

    assertThat(inForce(OF_BANK).significance()).isCloseTo(0.01, within(1e-12));
    assertThat(inForce(OF_BANK).hold()).isEqualTo(Duration.ofMinutes(5));
    assertThat(inForce(EVERYBODY).hold()).isZero();
    assertThat(judge.thresholds())
        .extracting(ThresholdInForce::target)
        .isSortedAccordingTo(Target.ORDER);
  }

  private ThresholdInForce inForce(Target target) {
    return judge.thresholds().stream()
        .filter(it -> it.target().equals(target))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void anOlderDecisionThatIsHeardOfLaterChangesNothing() {
    JudgeThresholds thresholds = new JudgeThresholds();
    thresholds.add(change(EVERYBODY, effect(2), now));
    thresholds.due(now);

    thresholds.add(change(EVERYBODY, effect(1), now.minusSeconds(2)));

    assertThat(thresholds.due(now)).isEmpty();
    assertThat(thresholds.of(EVERYBODY)).isEqualTo(effect(2));

    thresholds.add(change(EVERYBODY, null, now.plusSeconds(2)));
    thresholds.add(change(EVERYBODY, effect(3), now.plusSeconds(1)));
    thresholds.due(now.plusSeconds(3));
    assertThat(thresholds.of(EVERYBODY)).isEqualTo(Setting.NONE);
  }

  private void set(Target target, @Nullable Setting setting) {
    judge.set(change(target, setting, now));
  }

  private ThresholdChange change(Target target, @Nullable Setting setting, Instant at) {
    return new ThresholdChange("c-" + number++, target, null, setting, at, "ops", "because");
  }

  private static Setting effect(double least) {
    return new Setting(least, null, null, null, null, false);
  }

  private void seconds(int seconds, double lead) {
    for (int i = 0; i < 10 * seconds; i++) {
      add(lead);
    }
  }

  private void add(double lead) {
    now = now.plusMillis(100);
    String tenant = List.of("bank", "shop").get(random.nextInt(2));
    judge.add(Utterances.ofTenant(tenant, now, Math.max(0, lead + 0.02 * random.nextGaussian())));
  }
}
