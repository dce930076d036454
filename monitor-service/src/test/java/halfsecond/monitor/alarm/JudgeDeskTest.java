// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Durations;
import halfsecond.monitor.alarm.AlarmReport.Change;
import halfsecond.monitor.alarm.AlarmReport.Drift;
import halfsecond.monitor.alarm.AlarmReport.Severity;
import halfsecond.monitor.catalogue.BudgetShares;
import halfsecond.monitor.catalogue.TestKind;
import halfsecond.monitor.judge.Judge;
import halfsecond.monitor.judge.Pace;
import halfsecond.monitor.judge.Watchlist;
import halfsecond.monitor.objective.ObjectiveBook;
import halfsecond.monitor.objective.ObjectiveSettings;
import halfsecond.monitor.objective.ObjectiveWatch;
import halfsecond.monitor.record.Stage;
import halfsecond.monitor.rpc.TestRecords;
import halfsecond.monitor.threshold.Setting;
import halfsecond.monitor.threshold.Target;
import halfsecond.monitor.threshold.ThresholdChange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What the judge finds, as people get to see it. */
final class JudgeDeskTest {
  private static final Duration STEP = Duration.ofSeconds(80);

  private final Random random = new Random(7);
  private Instant now = Instant.parse("2026-03-02T00:00:00Z");
  private final AlarmDesk desk = new AlarmDesk(() -> now, AlarmArchive.NONE, 10);
  private final JudgeDesk judge = new JudgeDesk(judge(), objectives(), desk);
  private int number;

  private static Judge judge() {
    return new Judge(Watchlist.builtIn(), Pace.CONSUMER, 8);
  }

  private static ObjectiveBook objectives() {
    return new ObjectiveBook(
        new ObjectiveWatch(ObjectiveSettings.DEFAULT, new BudgetShares(0.4, 0.1, 0.4, 0.1)));
  }

  /** Utterances in which so many of a hundred are empty, and that begin with so much silence. */
  private void hours(double hours, int empty, double lead) {
    Instant end = now.plusSeconds(Math.round(hours * 3_600));
    while (now.isBefore(end)) {
      String id = "u-" + number++;
      var record = random.nextInt(100) < empty ? TestRecords.empty(id) : TestRecords.answered(id);
      long millis = Math.round(1_000 * lead + 30 * random.nextGaussian());
      record.getClipBuilder().setLeadingSilence(Durations.fromMillis(Math.max(0, millis)));
      judge.take(TestRecords.read(TestRecords.at(now, record)), now);
      now = now.plus(STEP);
    }
  }

  @Test
  void whatIsSetByAClockThatIsAheadHoldsAtOnceAndNoTimePasses() {
    hours(72, 3, 0.2);
    Target nulls = new Target(Watchlist.NULL_TRANSCRIPTS, null);
    Setting hold = new Setting(null, null, null, Duration.ofMinutes(7), null, false);
    Instant ahead = now.plus(Duration.ofHours(4));

    judge.obey(new ThresholdChange("c-1", nulls, null, hold, ahead, "ops", "noise"));
    desk.tick();

    assertThat(fired()).as("nothing is missing: the four hours are to come").isEmpty();
    assertThat(holdOf(nulls)).isEqualTo(Duration.ofMinutes(7));
    hours(5, 3, 0.2);
    assertThat(fired()).isEmpty();
  }

  private Duration holdOf(Target target) {
    return judge.thresholds().stream()
        .filter(it -> it.target().equals(target))
        .findFirst()
        .orElseThrow()
        .hold();
  }

  private AlarmReport only() {
    desk.tick();
    assertThat(fired()).hasSize(1);
    return fired().get(0);
  }

  private List<AlarmReport> fired() {
    return desk.all().stream()
        .map(TrackedAlarm::report)
        .filter(report -> report.fired().isPresent())
        .toList();
  }

  @Test
  void saysThatTheModelGivesNoWordsAndWhenThatIsOver() {
    hours(72, 3, 0.2);
    assertThat(fired()).isEmpty();

    hours(6, 40, 0.2);
    AlarmReport alarm = only();
    assertThat(alarm.metric()).isEqualTo(Watchlist.NULL_TRANSCRIPTS);
    assertThat(alarm.stage()).isEqualTo(Stage.ASR);
    assertThat(alarm.change()).isEqualTo(Change.SUDDEN);
    assertThat(alarm.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(alarm.drift()).isEqualTo(Drift.CONCEPT);
    assertThat(alarm.cohort()).as("everybody").isEmpty();
    assertThat(alarm.began()).isBefore(now.minus(Duration.ofHours(5)));
    assertThat(alarm.suspected()).isBefore(alarm.fired().orElseThrow());
    EvidenceReport first = alarm.evidence().get(0);
    assertThat(first.test()).isEqualTo(TestKind.CUSUM);
    assertThat(first.rate()).isTrue();
    assertThat(first.before()).isBetween(0.01, 0.06);
    assertThat(first.after()).isBetween(0.15, 0.6);
    assertThat(first.statistic().orElse(0)).isGreaterThan(first.limit());
    assertThat(first.explanation()).contains("asr.null_transcripts rose").contains("points");
    Attribution attribution = alarm.attribution().orElseThrow();
    assertThat(attribution.stage()).isEqualTo(Stage.ASR);
    assertThat(attribution.rate()).isGreaterThan(Math.abs(attribution.mix()));
    assertThat(attribution.strata())
        .allSatisfy(it -> assertThat(it.description()).startsWith("clip 1 s to 2 s, leading"));
    assertThat(attribution.strata().stream().mapToDouble(Attribution.Stratum::shareNow).sum())
        .isBetween(0.999, 1.001);

    hours(72, 3, 0.2);
    assertThat(only().resolved()).isPresent();
  }

  @Test
  void saysThatTheDetectorCutsOtherwise() {
    hours(72, 3, 0.2);
    hours(6, 3, 0.05);

    AlarmReport alarm = only();
    assertThat(alarm.metric()).isEqualTo("vad.leading_silence");
    assertThat(alarm.stage()).isEqualTo(Stage.VAD);
    assertThat(alarm.drift()).isEqualTo(Drift.DATA);
    assertThat(alarm.severity()).isEqualTo(Severity.WARNING);
    assertThat(alarm.nextStep()).contains("detector");
    assertThat(alarm.attribution()).isEmpty();
  }

  @Test
  void tellsTheEndOfWhatIsNotFoundAgainOnceThoseWhoWantToHearOfItAreBack() {
    AlarmReport gone = Reports.firing("gone", "m", 0);
    List<TrackedAlarm> kept =
        List.of(new TrackedAlarm(gone, Handling.NONE, State.FIRING, 0, Optional.empty()));
    AlarmDesk restored = new AlarmDesk(() -> now, archive(kept), 10);
    List<String> told = new ArrayList<>();
    AlarmNotifier notifier =
        new AlarmNotifier(
            restored, Duration.ofHours(1), List.of(it -> told.add(it.kind() + " " + id(it))), now);
    JudgeDesk again = new JudgeDesk(judge(), objectives(), restored);
    again.caughtUp(now);
    AtomicInteger changes = new AtomicInteger();
    restored.onChange(changes::incrementAndGet);

    now = now.plus(Duration.ofSeconds(119));
    again.tick(now);
    notifier.tick(now);
    assertThat(restored.all()).extracting(TrackedAlarm::state).containsExactly(State.FIRING);
    assertThat(told).isEmpty();

    now = now.plus(Duration.ofSeconds(1));
    again.tick(now);
    notifier.tick(now);
    assertThat(restored.all()).extracting(TrackedAlarm::state).containsExactly(State.RESOLVED);
    assertThat(told).containsExactly("RESOLVED gone");
    assertThat(changes).hasPositiveValue();
  }

  private static String id(Notification notification) {
    return notification.alarm().id();
  }

  private static AlarmArchive archive(List<TrackedAlarm> kept) {
    return new AlarmArchive() {
      @Override
      public void save(TrackedAlarm alarm) {}

      @Override
      public void forget(String id) {}

      @Override
      public List<TrackedAlarm> load() {
        return kept;
      }
    };
  }

  @Test
  void saysThatNothingArrives() {
    hours(72, 3, 0.2);
    for (int i = 0; i < 16; i++) {
      now = now.plus(Duration.ofMinutes(15));
      judge.tick(now);
    }

    AlarmReport alarm = only();
    assertThat(alarm.change()).isEqualTo(Change.NO_DATA);
    assertThat(alarm.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(alarm.stage()).isEqualTo(Stage.PIPELINE);
    assertThat(alarm.evidence()).hasSize(1);
    assertThat(alarm.evidence().get(0).explanation()).startsWith("0 utterances");
  }
}
