// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import halfsecond.deploy.client.SpeechClient;
import halfsecond.deploy.pipeline.ProcessPipeline;
import halfsecond.deploy.pipeline.ReplicaCounts;
import halfsecond.deploy.pipeline.Service;
import halfsecond.monitor.v1.Alarm;
import halfsecond.monitor.v1.CohortDimension;
import halfsecond.monitor.v1.CohortLabel;
import halfsecond.monitor.v1.Evidence;
import halfsecond.monitor.v1.ListAlarmsRequest;
import halfsecond.monitor.v1.ListCohortsRequest;
import halfsecond.monitor.v1.ListUtterancesRequest;
import halfsecond.monitor.v1.MonitorServiceGrpc;
import halfsecond.monitor.v1.MonitorServiceGrpc.MonitorServiceBlockingStub;
import halfsecond.monitor.v1.TimeRange;
import halfsecond.monitor.v1.UtteranceRecord;
import halfsecond.speech.v1.EndpointingConfig;
import halfsecond.testing.RecordedSpeech;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A pipeline in processes in which three kinds of phones were heard until the monitor knew them,
 * and then one of them with its clips cut differently, until there was an alarm that says what that
 * costs. Close it when done.
 */
final class ChangedClips implements AutoCloseable {

  /** The one that changed. */
  static final String PHONE = "Nova 12";

  /** Those that did not. */
  static final List<String> OTHERS = List.of("Opal S", "Kite");

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

  private final ProcessPipeline pipeline;
  private final SpeechClient client;
  private final Crowd crowd;
  private final ManagedChannel channel;
  private final MonitorServiceBlockingStub monitor;
  private int utterances;

  private ChangedClips(ProcessPipeline pipeline) {
    this.pipeline = pipeline;
    this.client = Pipelines.client(pipeline);
    this.crowd =
        new Crowd(
            client,
            RecordedSpeech.clips().stream()
                .filter(clip -> clip.duration().compareTo(LONGEST_CLIP) <= 0)
                .toList(),
            1);
    this.channel = Pipelines.channel(pipeline, Service.MONITOR);
    this.monitor = MonitorServiceGrpc.newBlockingStub(channel);
  }

  /** Two replicas of recognition, one of the others; nobody has spoken. */
  static ChangedClips start() throws IOException, InterruptedException {
    Map<String, Object> config = new HashMap<>(CONFIG);
    config.putAll(TestModels.ADMITTING_ALL);
    return new ChangedClips(
        Pipelines.inProcesses(
            "changed-clips", config, ProcessPipeline.Options.of(new ReplicaCounts(2, 1))));
  }

  /** Everybody speaks as long as it takes to know them; returns how many utterances that were. */
  int speakOrdinarily() throws Exception {
    for (int i = 0; i < ORDINARY; i++) {
      utterances += crowd.say(PHONES, Map.of());
    }
    awaitCounted();
    return utterances;
  }

  /**
   * Everybody speaks, one phone's clips are cut, until it is known what that costs and in what it
   * shows; returns when that began.
   */
  Instant speakUntilTheAlarm() throws Exception {
    Instant changed = Instant.now();
    for (int i = 0; i < MOST && alarms().stream().noneMatch(ChangedClips::isWhole); i++) {
      utterances += crowd.say(PHONES, Map.of(PHONE, CUT_TO_THE_BONE));
    }
    awaitCounted();
    return changed;
  }

  /** Of the phone the length of its clips and its nulls are in evidence, in either order. */
  private static boolean isWhole(Alarm alarm) {
    return alarm.hasAttribution()
        && alarm.getEvidenceList().stream()
            .filter(it -> it.getCurrent().getCohort().equals(device(PHONE)))
            .map(Evidence::getMetric)
            .toList()
            .containsAll(List.of("vad.clip_seconds", "asr.null_transcripts"));
  }

  /** One of the others speaks once more; returns the newest record then. */
  UtteranceRecord speakOnce() throws Exception {
    utterances += crowd.say(OTHERS.subList(0, 1), Map.of());
    awaitCounted();
    return newest(OTHERS.get(0));
  }

  /** The alarms that fire or fired, without suspicions, of which some may come to nothing. */
  List<Alarm> alarms() {
    return monitor.listAlarms(ListAlarmsRequest.getDefaultInstance()).getAlarmsList().stream()
        .filter(Alarm::hasFiringTime)
        .toList();
  }

  /** How many utterances of the phone that changed are from these times. */
  int changedUtterances(Instant from, Timestamp until) {
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

  /** The newest record of a phone. */
  UtteranceRecord newest(String phone) {
    return monitor
        .listUtterances(
            ListUtterancesRequest.newBuilder().setCohort(device(phone)).setPageSize(1).build())
        .getRecords(0);
  }

  /** How many there were so far. */
  int utterances() {
    return utterances;
  }

  /** Where the page is. */
  String page() {
    return pipeline.dashboard().orElseThrow();
  }

  /** The monitor's name for a kind of phone. */
  static CohortLabel device(String name) {
    return CohortLabel.newBuilder()
        .setDimension(CohortDimension.COHORT_DIMENSION_DEVICE)
        .setValue(name)
        .build();
  }

  /** Records travel behind the answers, on a queue of their own. */
  private void awaitCounted() {
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

  @Override
  public void close() {
    channel.shutdownNow();
    crowd.close();
    client.close();
    pipeline.close();
  }
}
