// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import halfsecond.asr.v1.Load;
import halfsecond.deploy.client.SpeechClient;
import halfsecond.deploy.pipeline.ProcessPipeline;
import halfsecond.deploy.pipeline.ReplicaCounts;
import halfsecond.deploy.pipeline.Service;
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
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * Many utterances as fast as they go: memory stays flat, every native handle belongs to a stream.
 * {@code -Dsoak.utterances} says how many.
 */
class SoakIT {

  /** The sample has a pause in the middle. */
  private static final int UTTERANCES_A_SESSION = 2;

  private static final int WARM_UP = 200;
  private static final int UTTERANCES = Integer.getInteger("soak.utterances", 600);
  private static final int CLIENTS = 4;

  /**
   * What memory may still grow after the warm-up: caches fill, allocators keep arenas. Handles are
   * counted besides.
   */
  private static final double GROWTH = 1.15;

  private static final long SLACK_KIB = 48 << 10;

  private static final long NOISE_KIB = 1 << 10;

  /** Between two readings of memory: many of G1's steps of 10 ms. */
  private static final Duration LOOK = Duration.ofMillis(250);

  /** Without the tests' own options of the JVM, with which more garbage is made. */
  private static final ProcessPipeline.Options AS_IN_USE =
      ProcessPipeline.Options.of(ReplicaCounts.ONE)
          .withEnvironment(Map.of("HALFSECOND_SERVICE_JAVA_OPTS", ""));

  @Test
  void memoryStaysFlatAndNoHandleOutlivesItsStream() throws Exception {
    Report report = new Report(getClass().getSimpleName());
    try (ProcessPipeline pipeline = Pipelines.inProcesses("soak", Map.of(), AS_IN_USE);
        SpeechClient client = Pipelines.client(pipeline);
        LoadReports reports = new LoadReports(pipeline.endpoint(Service.ASR))) {
      assertThat(atRest(reports)).as("native recognizers at rest, before").isZero();

      speak(client, WARM_UP);
      Map<Service, Long> settled = residentKib(pipeline);
      reports.forget();
      long began = System.nanoTime();
      speak(client, UTTERANCES - WARM_UP);
      List<Load> loads = reports.all();
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
      assertThat(atRest(reports)).as("native recognizers at rest, after").isZero();
    }
  }

  private static void speak(SpeechClient client, int utterances) throws Exception {
    ExecutorService speakers = Executors.newFixedThreadPool(CLIENTS);
    try {
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
        future.get();
      }
    } finally {
      speakers.shutdownNow();
    }
  }

  /** Handles once no clip is in progress. */
  private static int atRest(LoadReports reports) {
    // A clip's handle is freed right after its answer.
    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> {
              Load load = reports.latest();
              return load.getActiveClips() == 0 && load.getNativeHandles() == 0;
            });
    return reports.latest().getNativeHandles();
  }

  /**
   * What is in use, garbage apart: a collector lets the heap grow to what suits it, and gives it
   * back when it is told to collect.
   */
  private static Map<Service, Long> residentKib(ProcessPipeline pipeline) throws Exception {
    Map<Service, Long> resident = new EnumMap<>(Service.class);
    for (var process : pipeline.processes()) {
      collectGarbage(process.pid());
      resident.put(process.service(), settledKib(process.pid()));
    }
    return resident;
  }

  /**
   * G1 gives memory back in steps, on a thread of its own, after the collection has ended: memory
   * is read until it falls no more.
   */
  private static long settledKib(long pid) throws Exception {
    AtomicLong last = new AtomicLong(residentKib(pid));
    await("memory that falls no more")
        .atMost(Duration.ofSeconds(30))
        .pollInterval(LOOK)
        .during(LOOK.multipliedBy(4))
        .until(
            () -> {
              long now = residentKib(pid);
              return now >= last.getAndSet(now) - NOISE_KIB;
            });
    return last.get();
  }

  private static long residentKib(long pid) throws IOException {
    String line =
        Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
            .filter(text -> text.startsWith("VmRSS:"))
            .findFirst()
            .orElseThrow();
    return Long.parseLong(line.replaceAll("[^0-9]", ""));
  }

  private static void collectGarbage(long pid) throws Exception {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid),
                "GC.run")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(jcmd.waitFor()).as("exit code of jcmd, told to collect garbage").isZero();
  }
}
