// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import halfsecond.deploy.client.SpeechClient;
import halfsecond.deploy.pipeline.ProcessPipeline;
import halfsecond.deploy.pipeline.Service;
import halfsecond.deploy.pipeline.Signals;
import halfsecond.monitor.v1.GetStageSummaryRequest;
import halfsecond.monitor.v1.GetStageSummaryResponse;
import halfsecond.monitor.v1.MonitorServiceGrpc;
import halfsecond.monitor.v1.Stage;
import halfsecond.testing.Clip;
import halfsecond.testing.RecordedSpeech;
import halfsecond.testing.Tools;
import io.grpc.ManagedChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The monitor hangs, is killed, or has no room on its disk while people speak: they hear what they
 * hear without it, and when it is back it has every record or knows how many were dropped.
 */
@Tag("side-by-side")
class MonitorTroubleIT {

  private static final int SPEAKERS = 4;
  private static final int ROUNDS = 2;
  private static final GetStageSummaryRequest EVERYTHING =
      GetStageSummaryRequest.newBuilder().setStage(Stage.STAGE_ASR).build();

  @TempDir Path store;

  private final Report report = new Report(getClass().getSimpleName());
  private final Map<String, List<String>> undisturbed = new HashMap<>();
  private long utterances;

  @Test
  void recognitionDoesNotNoticeWhatTheMonitorSuffers() throws Exception {
    Map<String, Object> overrides = new HashMap<>(TestModels.ADMITTING_ALL);
    // Not enough for what is said in one of its troubles.
    overrides.put("halfsecond.router.monitor.queue", 1);
    overrides.put("halfsecond.monitor.store.directory", store.toString());
    try (ProcessPipeline pipeline = Pipelines.inProcesses("monitor-trouble", overrides);
        SpeechClient client = Pipelines.client(pipeline)) {
      for (Clip clip : clips()) {
        Speaker.Heard heard = Speaker.speak(client, clip);
        undisturbed.put(clip.name(), heard.transcripts());
        utterances += heard.finals().size();
      }
      speak(client, "well");
      awaitEverythingAccountedFor(pipeline, client);

      Signals.suspend(pid(pipeline));
      speak(client, "hangs");
      awaitEverythingAccountedFor(pipeline, client);

      pipeline.process(Service.MONITOR).kill();
      speak(client, "killed");
      long dropped = awaitEverythingAccountedFor(pipeline, client);

      limitFiles(pipeline, "0");
      speak(client, "no room on the disk");
      limitFiles(pipeline, "unlimited");
      assertThat(awaitEverythingAccountedFor(pipeline, client))
          .as("records dropped, as the queue holds one and nothing could be kept")
          .isGreaterThan(dropped);
    }
  }

  /** All speak at once; says and counts what they heard. */
  private void speak(SpeechClient client, String monitor) throws Exception {
    List<Speaker.Heard> heard = new ArrayList<>();
    ExecutorService speakers = Executors.newFixedThreadPool(SPEAKERS);
    try {
      List<Future<Speaker.Heard>> futures = new ArrayList<>();
      List<Clip> clips = clips();
      for (int i = 0; i < SPEAKERS * ROUNDS; i++) {
        Clip clip = clips.get(i % clips.size());
        futures.add(speakers.submit(() -> Speaker.speak(client, clip)));
      }
      for (Future<Speaker.Heard> future : futures) {
        heard.add(future.get());
      }
    } finally {
      speakers.shutdownNow();
    }
    utterances += heard.stream().mapToInt(one -> one.finals().size()).sum();
    report.line(
        "monitor %s: finals %s",
        monitor, Report.spread(heard.stream().flatMap(one -> one.waits().stream()).toList()));
    assertThat(heard)
        .allSatisfy(
            one -> {
              assertThat(one.rejected()).as("refused utterances in %s", one.clip()).isZero();
              assertThat(one.transcripts())
                  .as("finals of %s while the monitor %s", one.clip(), monitor)
                  .isEqualTo(Objects.requireNonNull(undisturbed.get(one.clip().name())));
            });
  }

  /**
   * Waits until the monitor is there again and each utterance is a record or was dropped.
   *
   * @return how many were dropped since the start
   */
  private long awaitEverythingAccountedFor(ProcessPipeline pipeline, SpeechClient client)
      throws Exception {
    // The number of drops travels with the next record.
    utterances += Speaker.speak(client, clips().get(0)).finals().size();
    ManagedChannel channel = Pipelines.channel(pipeline, Service.MONITOR);
    try {
      GetStageSummaryResponse summary =
          await()
              .atMost(Duration.ofSeconds(60))
              .pollInterval(Duration.ofMillis(100))
              .ignoreExceptions()
              .until(
                  () ->
                      MonitorServiceGrpc.newBlockingStub(channel)
                          .withDeadlineAfter(2, TimeUnit.SECONDS)
                          .getStageSummary(EVERYTHING),
                  answer -> recorded(answer) + answer.getDroppedRecords() == utterances);
      report.line(
          "%d utterances: %d records and %d dropped",
          utterances, recorded(summary), summary.getDroppedRecords());
      return summary.getDroppedRecords();
    } finally {
      channel.shutdownNow();
    }
  }

  /** All versions together come first. */
  private static long recorded(GetStageSummaryResponse summary) {
    return summary.getSummaries(0).getUtteranceCount();
  }

  /** Short ones: each is spoken in real time. */
  private static List<Clip> clips() {
    return RecordedSpeech.clips().stream()
        .filter(clip -> clip.duration().compareTo(Duration.ofSeconds(4)) < 0)
        .toList();
  }

  private static long pid(ProcessPipeline pipeline) {
    return pipeline.process(Service.MONITOR).pid();
  }

  /** The longest file that the monitor may write, as if its disk were full. */
  private static void limitFiles(ProcessPipeline pipeline, String bytes) throws Exception {
    Process prlimit =
        new ProcessBuilder(
                Tools.require("prlimit").toString(),
                "--pid=" + pid(pipeline),
                "--fsize=" + bytes + ":unlimited")
            .inheritIO()
            .start();
    assertThat(prlimit.waitFor()).as("exit code of prlimit").isZero();
  }
}
