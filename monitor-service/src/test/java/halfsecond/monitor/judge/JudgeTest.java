// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.monitor.record.Stage;
import halfsecond.monitor.window.CohortKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Ten utterances a second of several tenants, by turns. */
final class JudgeTest {
  private static final Instant START = Instant.parse("2026-03-02T10:00:00Z");
  private static final List<String> TENANTS = List.of("bank", "shop", "school");
  private static final double LEAD = 0.2;

  /** A minute is a period. */
  private static final Pace SHORT =
      new Pace(Duration.ofMinutes(1), 2, 200, 12, Duration.ofMinutes(20));

  private final Random random = new Random(5);
  private Instant now = START;
  private int utterances;

  /** Periods of a minute, which know of no day. */
  @Nested
  class AtAShortPace {
    private final Judge judge = new Judge(Watchlist.builtIn(), SHORT, 16);

    @Test
    void learnsFromAFewHundredAndNamesStageAndCohort() {
      seconds(judge, 360, LEAD, LEAD);
      assertThat(judge.alarms()).isEmpty();

      seconds(judge, 30, 0.12, LEAD);

      assertThat(judge.alarms()).hasSize(1);
      Alarm alarm = judge.alarms().get(0);
      assertThat(alarm.stage()).isEqualTo(Stage.VAD);
      Alarm.Evidence cause = alarm.cause().orElseThrow();
      assertThat(cause.series().watched().metric()).isEqualTo("vad.leading_silence");
      assertThat(cause.series().cohort())
          .isEqualTo(new CohortKey(CohortKey.Dimension.TENANT, "bank"));
    }

    @Test
    void takesWhatLastsForTheNewNormal() {
      seconds(judge, 360, LEAD, LEAD);
      seconds(judge, 1_500, 0.12, 0.12);

      assertThat(judge.alarms()).hasSize(1);
      Alarm alarm = judge.alarms().get(0);
      assertThat(alarm.resolved()).isPresent();
      assertThat(Duration.between(alarm.fired().orElseThrow(), alarm.resolved().orElseThrow()))
          .isBetween(SHORT.newNormal(), SHORT.newNormal().plusSeconds(5));

      seconds(judge, 60, LEAD, LEAD);
      assertThat(judge.alarms()).as("what was normal once is a change now").hasSize(2);
    }

    @Test
    void saysNothingOfLoadWithoutDays() {
      seconds(judge, 600, LEAD, LEAD);
      now = now.plus(Duration.ofHours(6));
      judge.tick(now);
      seconds(judge, 60, LEAD, LEAD);

      assertThat(judge.alarms()).isEmpty();
    }
  }

  @Test
  void seesWhatComesSlowly() {
    Pace pace = new Pace(Duration.ofMinutes(20), 2, 1_000, 19, Duration.ofDays(1));
    Judge judge = new Judge(Watchlist.builtIn(), pace, 16);
    seconds(judge, 2_500, LEAD, LEAD);

    // A seventh of a standard deviation: below what is notable at once.
    seconds(judge, 1_500, LEAD - 0.003, LEAD - 0.003);

    assertThat(judge.alarms()).hasSize(1);
    assertThat(judge.alarms().get(0).evidence())
        .extracting(Alarm.Evidence::finding)
        .allSatisfy(
            finding -> {
              assertThat(finding.change()).isEqualTo(Finding.Change.GRADUAL);
              assertThat(finding.began()).isEqualTo(finding.found().minus(pace.period()));
            });
  }

  @Test
  void tenantsAreJudgedAtTheirOwnPace() {
    Judge judge =
        new Judge(Watchlist.builtIn(), new Paces(Pace.CONSUMER, Map.of(TENANTS.get(0), SHORT)), 16);
    seconds(judge, 360, LEAD, LEAD);

    seconds(judge, 60, 0.12, 0.12);

    assertThat(judge.alarms()).hasSize(1);
    assertThat(judge.alarms().get(0).evidence())
        .isNotEmpty()
        .allSatisfy(
            evidence ->
                assertThat(evidence.series().cohort())
                    .isEqualTo(new CohortKey(CohortKey.Dimension.TENANT, "bank")));
  }

  @Test
  void watchesNoMoreCohortsThanItMay() {
    Judge judge = new Judge(Watchlist.builtIn(), SHORT, 3);
    seconds(judge, 360, LEAD, LEAD);
    int series = judge.seriesCount();

    seconds(judge, 30, 0.12, 0.12);

    assertThat(series).isEqualTo(4 * Watchlist.builtIn().size());
    assertThat(judge.seriesCount()).isEqualTo(series);
    assertThat(judge.alarms()).as("everybody is watched all the same").hasSize(1);
  }

  @Test
  void leavesOutWhatNoClientGot() {
    Judge judge = new Judge(Watchlist.builtIn(), SHORT, 16);
    seconds(judge, 360, LEAD, LEAD);

    for (int i = 0; i < 300; i++) {
      judge.add(Utterances.shadow(now, 0));
      judge.add(Utterances.late(now, 0));
    }

    assertThat(judge.alarms()).isEmpty();
  }

  @Test
  void takesTheClipsOfThoseWhoWereRefused() {
    Judge judge = new Judge(Watchlist.builtIn(), SHORT, 16);
    seconds(judge, 360, LEAD, LEAD);

    for (int i = 0; i < 300; i++) {
      judge.add(Utterances.refused(now, 0.1));
    }

    assertThat(judge.alarms()).hasSize(1);
    assertThat(judge.alarms().get(0).stage()).isEqualTo(Stage.VAD);
  }

  /** Utterances with this much silence before them, of the first tenant and of the others. */
  private void seconds(Judge judge, int seconds, double ofFirst, double ofOthers) {
    for (int i = 0; i < 10 * seconds; i++) {
      now = now.plusMillis(100);
      int tenant = utterances++ % TENANTS.size();
      double lead = tenant == 0 ? ofFirst : ofOthers;
      judge.add(
          Utterances.ofTenant(
              TENANTS.get(tenant), now, Math.max(0, lead + 0.02 * random.nextGaussian())));
    }
  }
}
