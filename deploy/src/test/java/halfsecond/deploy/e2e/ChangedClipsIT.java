// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.monitor.v1.Alarm;
import halfsecond.monitor.v1.Attribution;
import halfsecond.monitor.v1.DriftKind;
import halfsecond.monitor.v1.Evidence;
import halfsecond.monitor.v1.Stage;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * One kind of phone begins to have its clips cut differently, and recognition hears less on it: the
 * alarm names the detector and the phone, and says that the clips explain the loss; people see that
 * on the page.
 */
@Tag("side-by-side")
class ChangedClipsIT extends PageContract {

  private final Report report = new Report(getClass().getSimpleName());
  private @Nullable ChangedClips run;

  private List<Alarm> before = List.of();
  private List<Alarm> after = List.of();
  private Instant changed = Instant.MAX;

  @BeforeAll
  void speak() throws Exception {
    run = ChangedClips.start();
    int ordinary = run().speakOrdinarily();
    before = run().alarms();
    report.line("%d ordinary utterances of three phones: %d alarms", ordinary, before.size());
    changed = run().speakUntilTheAlarm();
    after = run().alarms();
  }

  @AfterAll
  void close() {
    if (run != null) {
      run.close();
    }
  }

  @Override
  ChangedClips run() {
    return Objects.requireNonNull(run);
  }

  @Test
  void theAlarmNamesTheDetectorAndThePhone() {
    assertThat(before).as("before anything changed").isEmpty();
    assertThat(after).hasSize(1);
    Alarm alarm = after.get(0);
    report(alarm);
    assertNames(alarm);
    assertExplains(alarm);
  }

  /** Which stage, whom, and by what. */
  private static void assertNames(Alarm alarm) {
    assertThat(alarm.getState()).isEqualTo(Alarm.State.STATE_FIRING);
    assertThat(alarm.getStage()).isEqualTo(Stage.STAGE_VAD);
    assertThat(alarm.getMetric()).isIn("vad.leading_silence", "vad.trailing_silence");
    assertThat(alarm.getCohort()).isEqualTo(ChangedClips.device(ChangedClips.PHONE));
    assertThat(alarm.getDrift()).isEqualTo(DriftKind.DRIFT_KIND_DATA);
    assertThat(effect(alarm, "vad.leading_silence")).isNegative();
    assertThat(effect(alarm, "vad.clip_seconds")).isNegative();
    for (String other : ChangedClips.OTHERS) {
      assertThat(alarm.getEvidenceList())
          .extracting(evidence -> evidence.getCurrent().getCohort())
          .as("nothing changed for %s", other)
          .doesNotContain(ChangedClips.device(other));
    }
  }

  /** What it costs, and that it is not recognition's doing. */
  private static void assertExplains(Alarm alarm) {
    assertThat(effect(alarm, "asr.null_transcripts")).isPositive();
    Attribution attribution = alarm.getAttribution();
    assertThat(attribution.getStage()).isEqualTo(Stage.STAGE_VAD);
    assertThat(attribution.getMix())
        .as("what other clips explain, of %s", attribution)
        .isGreaterThan(0.8 * attribution.getTotal())
        .isPositive();
    assertThat(alarm.getNextStep()).contains("detector").contains("from other clips");
  }

  /** Of the phone. */
  private static double effect(Alarm alarm, String metric) {
    return alarm.getEvidenceList().stream()
        .filter(it -> it.getMetric().equals(metric))
        .filter(ChangedClipsIT::isOfThePhone)
        .mapToDouble(Evidence::getEffect)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no evidence of " + metric + " in " + alarm));
  }

  private static boolean isOfThePhone(Evidence evidence) {
    return evidence.getCurrent().getCohort().equals(ChangedClips.device(ChangedClips.PHONE));
  }

  private void report(Alarm alarm) {
    report.line("%s: %s", alarm.getStage(), alarm.getTitle());
    report.line("%s", alarm.getNextStep());
    report.line(
        "utterances of that phone until it fired: %d",
        run().changedUtterances(changed, alarm.getFiringTime()));
    for (Evidence evidence : alarm.getEvidenceList()) {
      if (isOfThePhone(evidence)) {
        report.line(
            "after %d: %s",
            run().changedUtterances(changed, evidence.getCurrent().getRange().getEndTime()),
            evidence.getExplanation());
      }
    }
  }
}
