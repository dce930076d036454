// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import halfsecond.asr.v1.AsrServiceGrpc;
import halfsecond.asr.v1.Load;
import halfsecond.asr.v1.WatchLoadRequest;
import halfsecond.deploy.client.SpeechClient;
import halfsecond.deploy.pipeline.ProcessPipeline;
import halfsecond.deploy.pipeline.Service;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/**
 * Two thousand utterances as fast as they go: memory stays flat, every native handle belongs to a
 * stream.
 */
class SoakIT {

  /** The sample has a pause in the middle. */
  private static final int UTTERANCES_A_SESSION = 2;

  private static final int WARM_UP = 200;
  private static final int UTTERANCES = 2_000;
  private static final int CLIENTS = 4;

  /**
   * What memory may still grow after the warm-up: heaps settle, allocators keep arenas. A leak
   * would be gigabytes.
   */
  private static final double GROWTH = 1.15;

  private static final long SLACK_KIB = 48 << 10;

  @Test
  void memoryStaysFlatAndNoHandleOutlivesItsStream() throws Exception {
    Report report = new Report(getClass().getSimpleName());
    try (ProcessPipeline pipeline = Pipelines.inProcesses("soak")) {
      long handlesBefore = atRest(pipeline);

      speak(pipeline, WARM_UP, new ArrayList<>());
      Map<Service, Long> settled = residentKib(pipeline);
      List<Load> loads = new ArrayList<>();
      long began = System.nanoTime();
      speak(pipeline, UTTERANCES - WARM_UP, loads);
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      Map<Service, Long> after = residentKib(pipeline);

      report.line(
          "%d utterances after %d to warm up, in %d s",
          UTTERANCES - WARM_UP, WARM_UP, took.toSeconds());
      for (Service service : Service.values()) {
        long before = Objects.requireNonNull(settled.get(service));
        long now = Objects.requireNonNull(after.get(service));
        report.line("%s: resident %d KiB, then %d KiB", service, before, now);
        assertThat(now)
            .as("resident KiB of %s after the soak, %d before", service, before)
            .isLessThan((long) (before * GROWTH) + SLACK_KIB);
      }
      // A session may have several clips in progress, and a decode thread frees a handle just after
      // its clip's answer.
      assertThat(loads)
          .allSatisfy(
              load ->
                  assertThat(load.getNativeHandles())
                      .as("native handles with %d clips", load.getActiveClips())
                      .isLessThanOrEqualTo(
                          load.getActiveClips() + (int) Math.ceil(load.getCores())));
      int most = loads.stream().mapToInt(Load::getNativeHandles).max().orElse(0);
      report.line("most native handles at once: %d; at rest none", most);
      assertThat(most).as("native handles seen while clips were decoded").isPositive();
      assertThat(handlesBefore).as("native recognizers at rest, before").isZero();
      assertThat(atRest(pipeline)).as("native recognizers at rest, after").isZero();
    }
  }

  private static void speak(ProcessPipeline pipeline, int utterances, List<Load> loads)
      throws Exception {
    ExecutorService speakers = Executors.newFixedThreadPool(CLIENTS);
    ManagedChannel asr = Pipelines.channel(pipeline, Service.ASR);
    try (SpeechClient client = Pipelines.client(pipeline)) {
      List<Future<?>> futures = new ArrayList<>();
      for (int speaker = 0; speaker < CLIENTS; speaker++) {
        futures.add(
            speakers.submit(
                () -> {
                  for (int i = 0; i < utterances / UTTERANCES_A_SESSION / CLIENTS; i++) {
                    assertThat(Sample.transcribe(client)).isEqualTo(Sample.transcript());
                  }
                  return null;
                }));
      }
      for (Future<?> future : futures) {
        while (!future.isDone()) {
          loads.add(load(asr));
          awaitBriefly(future);
        }
        future.get();
      }
    } finally {
      speakers.shutdownNow();
      asr.shutdownNow();
    }
  }

  private static void awaitBriefly(Future<?> future) throws Exception {
    try {
      future.get(500, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // Still speaking: time for the next sample of the load.
    }
  }

  private static Load load(ManagedChannel asr) {
    return AsrServiceGrpc.newBlockingStub(asr)
        .watchLoad(WatchLoadRequest.getDefaultInstance())
        .next()
        .getLoad();
  }

  /** Handles once no clip is in progress. */
  private static long atRest(ProcessPipeline pipeline) {
    ManagedChannel asr = Pipelines.channel(pipeline, Service.ASR);
    try {
      // A clip's handle is freed right after its answer.
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> load(asr).getActiveClips() == 0 && load(asr).getNativeHandles() == 0);
      return load(asr).getNativeHandles();
    } finally {
      asr.shutdownNow();
    }
  }

  private static Map<Service, Long> residentKib(ProcessPipeline pipeline) throws IOException {
    Map<Service, Long> resident = new EnumMap<>(Service.class);
    for (var process : pipeline.processes()) {
      Path status = Path.of("/proc", Long.toString(process.pid()), "status");
      String line =
          Files.readAllLines(status).stream()
              .filter(text -> text.startsWith("VmRSS:"))
              .findFirst()
              .orElseThrow();
      resident.put(process.service(), Long.parseLong(line.replaceAll("[^0-9]", "")));
    }
    return resident;
  }
}
