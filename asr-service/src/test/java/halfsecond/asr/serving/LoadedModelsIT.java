// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import halfsecond.asr.TestModels;
import halfsecond.asr.model.ModelCatalogue;
import halfsecond.asr.model.ModelId;
import halfsecond.asr.recognition.ModelLease;
import halfsecond.asr.recognition.Recognizer;
import halfsecond.asr.recognition.RecognizerPool;
import halfsecond.common.concurrent.NamedThreads;
import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import halfsecond.common.rpc.Statuses;
import halfsecond.testing.FakeScheduler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With real model files, linked so that they can be damaged, and an engine that only pretends. */
final class LoadedModelsIT {
  private static final ModelId ID = TestModels.STOCK;
  private static final Duration IDLE = Duration.ofMinutes(5);

  @TempDir private Path directory;

  private final FakeEngine engine = new FakeEngine();
  private final FakeScheduler scheduler = new FakeScheduler();
  private final ExecutorService worker = NamedThreads.fixed("test-models", 2);
  private volatile long memory = 1L << 40;

  @SuppressWarnings("NullAway.Init")
  private LoadedModels models;

  @BeforeEach
  void open() throws IOException {
    link(TestModels.catalogue().root().resolve("en-small").resolve("0"));
    ServingLimits limits =
        new ServingLimits(new RecognizerPool.Limits(2, 100, Duration.ofMinutes(10)), IDLE, 1 << 20);
    models =
        new LoadedModels(
            new ModelLoading(
                ModelCatalogue.open(directory), engine, () -> memory, limits, scheduler, worker));
  }

  @AfterEach
  void close() {
    models.close();
    worker.shutdownNow();
    assertThat(engine.liveModels()).isZero();
    assertThat(engine.liveRecognizers()).isZero();
  }

  @Test
  void serves() {
    assertThat(models.inService()).isEmpty();
    assertThat(refusal(models.lease(ID, List.of()))).isEqualTo(Reason.MODEL_NOT_FOUND);

    LoadOutcome outcome = models.load(ID).join();

    assertThat(outcome.status().state()).isEqualTo(ModelState.LOADED);
    assertThat(models.inService()).containsExactly(ID);
    try (ModelLease lease = models.lease(ID, List.of()).join()) {
      Recognizer recognizer = lease.acquire();
      assertThat(status().activeClips()).isEqualTo(1);
      lease.recycle(recognizer);
    }
    assertThat(status().activeClips()).isZero();
  }

  @Test
  void saysWhatIsWrongWithADamagedVersionUntilItIsRepaired() throws IOException {
    Path file = directory.resolve("en-small/0/model/conf/model.conf");
    byte[] good = Files.readAllBytes(file);
    byte[] bad = good.clone();
    bad[10] ^= 1;
    Files.delete(file);
    Files.write(file, bad);

    assertThat(refusal(models.load(ID))).isEqualTo(Reason.MODEL_NOT_READY);
    assertThat(status().state()).isEqualTo(ModelState.DAMAGED);
    assertThat(status().problem()).contains("manifest");

    Files.write(file, good);
    assertThat(models.load(ID).join().status().state()).isEqualTo(ModelState.LOADED);
    assertThat(status().problem()).isEmpty();
  }

  @Test
  void saysThatTheEngineCannotUseAVersion() {
    engine.failLoads(true);
    assertThat(refusal(models.load(ID))).isEqualTo(Reason.MODEL_NOT_READY);
    engine.failLoads(false);
    engine.failDecoding(true);
    assertThat(refusal(models.load(ID))).isEqualTo(Reason.MODEL_NOT_READY);
    assertThat(status().problem()).contains("does not decode");
    assertThat(engine.liveModels()).isZero();
  }

  @Test
  void loadsOnlyIntoFreeMemory() {
    memory = 50L << 20;

    assertThat(refusal(models.load(ID))).isEqualTo(Reason.SATURATED);
    assertThat(status().state()).isEqualTo(ModelState.AVAILABLE);
    assertThat(engine.liveModels()).isZero();
  }

  @Test
  void waitsForClipsBeforeItUnloads() {
    models.load(ID).join();
    ModelLease lease = models.lease(ID, List.of()).join();
    Recognizer recognizer = lease.acquire();

    assertThat(refusal(models.unload(ID, false))).isEqualTo(Reason.STATE_CONFLICT);
    CompletableFuture<ModelStatus> unloaded = models.unload(ID, true);

    assertThat(status().state()).isEqualTo(ModelState.UNLOADING);
    assertThat(models.inService()).isEmpty();
    assertThat(refusal(models.lease(ID, List.of()))).isEqualTo(Reason.MODEL_NOT_FOUND);
    assertThat(unloaded).isNotDone();
    assertThat(engine.liveModels()).isEqualTo(1);
    lease.recycle(recognizer);
    lease.close();
    assertThat(unloaded.join().state()).isEqualTo(ModelState.AVAILABLE);
    assertThat(engine.liveModels()).isZero();
  }

  @Test
  void keepsTheSecondModelForPhrasesOnlyWhileItIsUsed() {
    engine.takePhrases(false);
    models.load(ID).join();
    engine.takePhrases(true);
    assertThat(engine.liveModels()).isEqualTo(1);

    ModelLease lease = models.lease(ID, List.of("yes", "no")).join();
    Recognizer recognizer = lease.acquire();
    assertThat(engine.liveModels()).isEqualTo(2);
    scheduler.advance(IDLE.multipliedBy(2));
    assertThat(engine.liveModels()).as("in use").isEqualTo(2);
    lease.recycle(recognizer);
    lease.close();
    scheduler.advance(IDLE.minusSeconds(1));
    models.lease(ID, List.of("yes")).join().close();
    scheduler.advance(IDLE.minusSeconds(1));
    assertThat(engine.liveModels()).as("used lately").isEqualTo(2);

    scheduler.advance(Duration.ofSeconds(1));

    await("the worker frees it").untilAsserted(() -> assertThat(engine.liveModels()).isEqualTo(1));
    assertThat(refusal(models.lease(ID, List.of("[]")))).isEqualTo(Reason.PHRASES_INVALID);
    assertThat(status().activeClips()).isZero();
  }

  private ModelStatus status() {
    return models.list().join().stream().filter(s -> s.id().equals(ID)).findFirst().orElseThrow();
  }

  private static Reason refusal(CompletableFuture<?> future) {
    Throwable thrown = catchThrowable(future::join);
    assertThat(thrown).hasCauseInstanceOf(SpeechException.class);
    return Statuses.reasonOf(thrown).orElseThrow();
  }

  private void link(Path version) throws IOException {
    Path target = directory.resolve("en-small").resolve("0");
    try (Stream<Path> files = Files.walk(version)) {
      for (Path file : files.toList()) {
        Path copy = target.resolve(version.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          linkOrCopy(file, copy);
        }
      }
    }
  }

  private static void linkOrCopy(Path file, Path copy) throws IOException {
    try {
      Files.createLink(copy, file);
    } catch (IOException | UnsupportedOperationException otherFileSystem) {
      Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
