// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import halfsecond.deploy.client.SpeechClient;
import halfsecond.deploy.pipeline.EmbeddedPipeline;
import halfsecond.deploy.pipeline.Service;
import halfsecond.monitor.v1.Alarm;
import halfsecond.monitor.v1.Attribution;
import halfsecond.monitor.v1.CohortDimension;
import halfsecond.monitor.v1.CohortLabel;
import halfsecond.monitor.v1.DriftKind;
import halfsecond.monitor.v1.Evidence;
import halfsecond.monitor.v1.ListAlarmsRequest;
import halfsecond.monitor.v1.ListCohortsRequest;
import halfsecond.monitor.v1.ListUtterancesRequest;
import halfsecond.monitor.v1.MonitorServiceGrpc;
import halfsecond.monitor.v1.MonitorServiceGrpc.MonitorServiceBlockingStub;
import halfsecond.monitor.v1.Stage;
import halfsecond.monitor.v1.TimeRange;
import halfsecond.speech.v1.EndpointingConfig;
import halfsecond.testing.Clip;
import halfsecond.testing.RecordedSpeech;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * One kind of phone begins to have its clips cut differently, and recognition hears less on it: the
 * alarm names the detector and the phone, and says that the clips explain the loss.
 */
@Tag("side-by-side")
class ChangedClipsIT {

  private static final String PHONE = "Nova 12";
  private static final List<String> OTHERS = List.of("Opal S", "Kite");

  /** In turn; every fifth is the phone that will change. */
  private static final List<String> PHONES = List.of("Opal S", "Kite", PHONE, "Opal S", "Kite");

  /** Set for the shortest wait: clips are cut to the bone, and every click is one. */
  private static final EndpointingConfig CUT_TO_THE_BONE =
      EndpointingConfig.newBuilder()
          .setMinSpeech(Durations.ZERO)
          .setPreRoll(Durations.fromMillis(40))
          .setHangover(Durations.fromMillis(100))
          .setTrailingPadding(Durations.fromMillis(20))
          .build();

  private static final Duration LONGEST_CLIP = Duration.ofSeconds(4);

  /** Values of each series before it is judged. */
  private static final int LEAST = 40;

  /**
   * Rounds of the phones until each was heard so often, and half as long again with nothing to see.
   */
  private static final int ORDINARY = LEAST + LEAST / 2;

  private static final int MOST = 60;

  /**
   * A period is over as soon as it has enough values, so that it goes by utterances and not by how
   * fast the machine is.
   */
  private static final Map<String, Object> CONFIG =
      Map.of(
          "halfsecond.monitor.judge.pace",
          "test",
          "halfsecond.monitor.judge.paces.test",
          Map.of(
              "period",
              "1 s",
              "periods",
              1,
              "least-values",
              LEAST,
              "certainty",
              16,
              "new-normal",
              "1 day"));

  private final Report report = new Report(getClass().getSimpleName());

  @Test
  void theAlarmNamesTheDetectorAndThePhone() throws Exception {
    List<Clip> clips =
        RecordedSpeech.clips().stream()
            .filter(clip -> clip.duration().compareTo(LONGEST_CLIP) <= 0)
            .toList();
    Map<String, Object> config = new HashMap<>(CONFIG);
    config.putAll(TestModels.ADMITTING_ALL);
    try (EmbeddedPipeline pipeline = Pipelines.inOneJvm(config);
        SpeechClient client = Pipelines.client(pipeline);
        Crowd crowd = new Crowd(client, clips, 1)) {
      ManagedChannel channel = Pipelines.channel(pipeline, Service.MONITOR);
      try {
        var monitor = MonitorServiceGrpc.newBlockingStub(channel);
        int ordinary = 0;
        for (int i = 0; i < ORDINARY; i++) {
          ordinary += crowd.say(PHONES, Map.of());
        }
        awaitCounted(monitor, ordinary);
        assertThat(alarms(monitor)).as("before anything changed").isEmpty();
        report.line("%d ordinary utterances of three phones: no alarm", ordinary);

        Instant changed = Instant.now();
        int after = 0;
        for (int i = 0; i < MOST && !explained(monitor); i++) {
          after += crowd.say(PHONES, Map.of(PHONE, CUT_TO_THE_BONE));
        }
        awaitCounted(monitor, ordinary + after);

        assertThat(alarms(monitor)).hasSize(1);
        Alarm alarm = alarms(monitor).get(0);
        report(monitor, alarm, changed);
        assertNames(alarm);
        assertExplains(alarm);
      } finally {
        channel.shutdownNow();
      }
    }
  }

  /** Which stage, whom, and by what. */
  private static void assertNames(Alarm alarm) {
    assertThat(alarm.getState()).isEqualTo(Alarm.State.STATE_FIRING);
    assertThat(alarm.getStage()).isEqualTo(Stage.STAGE_VAD);
    assertThat(alarm.getMetric()).isIn("vad.leading_silence", "vad.trailing_silence");
    assertThat(alarm.getCohort()).isEqualTo(device(PHONE));
    assertThat(alarm.getDrift()).isEqualTo(DriftKind.DRIFT_KIND_DATA);
    assertThat(effect(alarm, "vad.leading_silence")).isNegative();
    assertThat(effect(alarm, "vad.clip_seconds")).isNegative();
    for (String other : OTHERS) {
      assertThat(alarm.getEvidenceList())
          .extracting(evidence -> evidence.getCurrent().getCohort())
          .as("nothing changed for %s", other)
          .doesNotContain(device(other));
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
        .filter(it -> it.getCurrent().getCohort().equals(device(PHONE)))
        .mapToDouble(Evidence::getEffect)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no evidence of " + metric + " in " + alarm));
  }

  private void report(MonitorServiceBlockingStub monitor, Alarm alarm, Instant changed) {
    report.line("%s: %s", alarm.getStage(), alarm.getTitle());
    report.line("%s", alarm.getNextStep());
    report.line(
        "utterances of that phone until it fired: %d",
        ofPhone(monitor, changed, alarm.getFiringTime()));
    for (Evidence evidence : alarm.getEvidenceList()) {
      if (evidence.getCurrent().getCohort().equals(device(PHONE))) {
        report.line(
            "after %d: %s",
            ofPhone(monitor, changed, evidence.getCurrent().getRange().getEndTime()),
            evidence.getExplanation());
      }
    }
  }

  private static int ofPhone(MonitorServiceBlockingStub monitor, Instant from, Timestamp until) {
    TimeRange range =
        TimeRange.newBuilder()
            .setStartTime(Timestamps.fromMillis(from.toEpochMilli()))
            .setEndTime(Timestamps.add(until, Durations.fromMillis(1)))
            .build();
    return monitor
        .listUtterances(
            ListUtterancesRequest.newBuilder()
                .setRange(range)
                .setCohort(device(PHONE))
                .setPageSize(500)
                .build())
        .getRecordsCount();
  }

  /** Records travel behind the answers, on a queue of their own. */
  private static void awaitCounted(MonitorServiceBlockingStub monitor, int utterances) {
    ListCohortsRequest devices =
        ListCohortsRequest.newBuilder()
            .setDimension(CohortDimension.COHORT_DIMENSION_DEVICE)
            .build();
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(
            () ->
                assertThat(
                        monitor.listCohorts(devices).getCohortsList().stream()
                            .mapToLong(it -> it.getUtteranceCount())
                            .sum())
                    .isEqualTo(utterances));
  }

  /** Whether there is an alarm that says what it costs. */
  private static boolean explained(MonitorServiceBlockingStub monitor) {
    return alarms(monitor).stream().anyMatch(Alarm::hasAttribution);
  }

  /** Without suspicions, of which there may be some that come to nothing. */
  private static List<Alarm> alarms(MonitorServiceBlockingStub monitor) {
    return monitor.listAlarms(ListAlarmsRequest.getDefaultInstance()).getAlarmsList().stream()
        .filter(Alarm::hasFiringTime)
        .toList();
  }

  private static CohortLabel device(String name) {
    return CohortLabel.newBuilder()
        .setDimension(CohortDimension.COHORT_DIMENSION_DEVICE)
        .setValue(name)
        .build();
  }
}
