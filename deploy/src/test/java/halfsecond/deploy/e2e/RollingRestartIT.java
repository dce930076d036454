// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.deploy.client.ResumedStream;
import halfsecond.deploy.client.SpeechClient;
import halfsecond.deploy.pipeline.ProcessPipeline;
import halfsecond.deploy.pipeline.ReplicaCounts;
import halfsecond.deploy.pipeline.Service;
import halfsecond.deploy.pipeline.ServiceProcess;
import halfsecond.testing.Clip;
import halfsecond.testing.RecordedSpeech;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/**
 * Every process is replaced, one after the other, while people speak. Nobody notices but clients
 * whose router goes: they open another session, as the API asks of them, and send again what was
 * not answered.
 */
class RollingRestartIT {

  private static final int SPEAKERS = 3;
  private static final List<Service> ORDER =
      List.of(Service.ASR, Service.VAD, Service.MONITOR, Service.ROUTER);

  @Test
  void restartingEverythingUnderLoadFailsNoUtterance() throws Exception {
    Report report = new Report(getClass().getSimpleName());
    try (ProcessPipeline pipeline =
            Pipelines.inProcesses("rolling", TestModels.ADMITTING_ALL, new ReplicaCounts(2, 2));
        SpeechClient client = Pipelines.client(pipeline)) {
      Map<String, List<String>> undisturbed = new HashMap<>();
      for (Clip clip : clips()) {
        undisturbed.put(clip.name(), transcripts(Speaker.speakResuming(client, clip)));
      }
      List<ServiceProcess> before = pipeline.processes();
      assertMeasured(pipeline);

      AtomicBoolean over = new AtomicBoolean();
      ExecutorService speakers = Executors.newFixedThreadPool(SPEAKERS);
      try {
        List<Future<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < SPEAKERS; i++) {
          int first = i;
          futures.add(speakers.submit(() -> speakUntil(over, client, first, undisturbed)));
        }
        for (Service service : ORDER) {
          long began = System.nanoTime();
          pipeline.restart(service);
          report.line(
              "%s replaced in %d ms",
              service.word(), Duration.ofNanos(System.nanoTime() - began).toMillis());
        }
        over.set(true);
        int sessions = 0;
        for (Future<Integer> future : futures) {
          sessions += future.get();
        }
        report.line("%d sessions, no utterance failed", sessions);
      } finally {
        over.set(true);
        speakers.shutdownNow();
      }

      assertThat(before)
          .allSatisfy(
              old -> {
                assertThat(pipeline.process(old.replica()).pid()).isNotEqualTo(old.pid());
                assertThat(old.awaitExit(Duration.ofSeconds(5)))
                    .as("%s drained by itself", old.replica().name())
                    .hasValue(0);
              });
      // Of the new monitor by the new processes: nothing of this is kept.
      assertMeasured(pipeline);
    }
  }

  /** The pipeline was started without a word about reports. */
  private static void assertMeasured(ProcessPipeline pipeline) {
    try (Measurements measurements = new Measurements(pipeline)) {
      measurements.awaitOfAll(pipeline.replicas());
      measurements.assertCores(TestModels.MANY_CORES);
    }
  }

  /** Returns how many sessions it took; ends with a clip spoken after the last restart. */
  private static int speakUntil(
      AtomicBoolean over, SpeechClient client, int first, Map<String, List<String>> undisturbed)
      throws Exception {
    List<Clip> clips = clips();
    int sessions = 0;
    boolean last;
    int turn = first;
    do {
      last = over.get();
      Clip clip = clips.get(turn++ % clips.size());
      ResumedStream heard = Speaker.speakResuming(client, clip);
      sessions += heard.sessions();
      assertThat(heard.rejected()).as("refused in %s", clip).isEmpty();
      assertThat(transcripts(heard))
          .as("heard in %s", clip)
          .isEqualTo(undisturbed.get(clip.name()));
    } while (!last);
    return sessions;
  }

  private static List<String> transcripts(ResumedStream stream) {
    return stream.finals().stream()
        .map(result -> result.getAlternatives(0).getTranscript())
        .toList();
  }

  private static List<Clip> clips() {
    return RecordedSpeech.clips().stream()
        .filter(clip -> clip.duration().compareTo(Duration.ofSeconds(4)) < 0)
        .toList();
  }
}
