// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.util.Durations;
import halfsecond.asr.TestAsr;
import halfsecond.asr.TestCall;
import halfsecond.asr.TestModels;
import halfsecond.asr.v1.ListModelsRequest;
import halfsecond.asr.v1.LoadModelRequest;
import halfsecond.asr.v1.LoadModelResponse;
import halfsecond.asr.v1.Model;
import halfsecond.asr.v1.UnloadModelRequest;
import halfsecond.asr.v1.WatchLoadRequest;
import halfsecond.asr.v1.WatchLoadResponse;
import halfsecond.common.error.Reason;
import halfsecond.common.rpc.Statuses;
import halfsecond.common.telemetry.Telemetry;
import halfsecond.testing.RecordedSpeech;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class ModelsIT {
  private static final String FIRST = TestModels.FAST.toString();
  private static final String SECOND = TestModels.ACCURATE.toString();

  @SuppressWarnings("NullAway.Init")
  private static TestAsr asr;

  @BeforeAll
  static void start() {
    asr = TestAsr.start(Telemetry.noop(), Map.of());
  }

  @AfterAll
  static void stop() throws InterruptedException {
    asr.close();
    assertThat(asr.server().liveModels()).isZero();
    assertThat(asr.server().liveRecognizers()).isZero();
  }

  @Test
  void loadsAndUnloadsWhileServing() {
    CompletableFuture<LoadModelResponse> one = CompletableFuture.supplyAsync(ModelsIT::loadSecond);
    CompletableFuture<LoadModelResponse> same = CompletableFuture.supplyAsync(ModelsIT::loadSecond);
    List<String> texts = new ArrayList<>();
    while (!one.isDone() || !same.isDone() || texts.size() < 3) {
      texts.add(speak(FIRST).finish().halfClose().text());
    }

    assertThat(texts).containsOnly("ten of clubs");
    assertThat(one.join().getModel().getState()).isEqualTo(Model.State.STATE_LOADED);
    assertThat(asr.server().liveModels()).as("two loads of one version are one").isEqualTo(2);
    assertThat(Durations.toMillis(loadSecond().getLoadTime())).isZero();
    assertThat(speak(SECOND).finish().halfClose().text()).isEqualTo("ten of clubs");

    TestCall open = speak(SECOND);
    await("the clip has begun").until(() -> !open.progress().isEmpty());
    CompletableFuture<Model> unloaded = CompletableFuture.supplyAsync(() -> unload(SECOND, false));
    await("it is on its way out").until(() -> state(SECOND) == Model.State.STATE_UNLOADING);
    assertThat(reason(() -> loadSecond())).isEqualTo(Reason.MODEL_NOT_READY);
    assertThat(Statuses.reasonOf(speak(SECOND).failure())).contains(Reason.MODEL_NOT_FOUND);
    assertThat(asr.server().liveModels()).isEqualTo(2);
    assertThat(open.finish().halfClose().text()).isEqualTo("ten of clubs");

    assertThat(unloaded.join().getState()).isEqualTo(Model.State.STATE_AVAILABLE);
    assertThat(asr.server().liveModels()).isEqualTo(1);
    assertThat(speak(FIRST).finish().halfClose().text()).isEqualTo("ten of clubs");
  }

  @Test
  void listsTheCatalogue() {
    List<Model> models =
        asr.blocking().listModels(ListModelsRequest.getDefaultInstance()).getModelsList();

    assertThat(models)
        .extracting(Model::getModelVersion)
        .containsExactly("en-small@0", "en-small@1", "en-small@2");
    Model first = models.get(1);
    assertThat(first.getState()).isEqualTo(Model.State.STATE_LOADED);
    assertThat(first.getContentHash()).matches("[0-9a-f]{64}");
    assertThat(first.getLanguageCode()).startsWith("en");
    assertThat(first.getLicense()).isEqualTo("Apache-2.0");
    assertThat(first.getParametersMap()).containsEntry("dither", "0");
    assertThat(first.getPrepareTime().getSeconds()).isPositive();
    assertThat(first.getProblem()).isEmpty();
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThat(reason(() -> load("en-small@9"))).isEqualTo(Reason.MODEL_NOT_FOUND);
    assertThat(reason(() -> load("../en"))).isEqualTo(Reason.FIELD_INVALID);
    assertThat(reason(() -> unload("en-small@9", true))).isEqualTo(Reason.MODEL_NOT_FOUND);
    assertThat(reason(() -> unload("en-small@0", true))).isEqualTo(Reason.MODEL_NOT_FOUND);
    assertThat(reason(() -> unload(FIRST, false))).isEqualTo(Reason.STATE_CONFLICT);
    assertThat(state(FIRST)).isEqualTo(Model.State.STATE_LOADED);
  }

  @Test
  void refusesToLoadWithoutMemory() throws InterruptedException {
    try (TestAsr small = TestAsr.start(Telemetry.noop(), Map.of("models.load", List.of(FIRST)))) {
      assertThat(small.server().liveModels()).isEqualTo(1);
    }
    Throwable refused =
        catchThrowable(
            () ->
                TestAsr.start(Telemetry.noop(), Map.of("models.memory-reserve", "8000000 GiB"))
                    .close());
    assertThat(refused).hasMessageContaining("not enough memory");
  }

  @Test
  void reportsItsLoad() {
    TestCall open = speak(FIRST);
    await("the clip has begun").until(() -> !open.progress().isEmpty());
    Iterator<WatchLoadResponse> reports =
        asr.blocking()
            .watchLoad(WatchLoadRequest.newBuilder().setInterval(Durations.fromMillis(50)).build());
    WatchLoadResponse report = reports.next();

    assertThat(report.getLoadedModelVersionsList()).contains(FIRST);
    assertThat(report.getLoad().getCores())
        .isEqualTo((double) Runtime.getRuntime().availableProcessors());
    assertThat(report.getLoad().getActiveClips()).isEqualTo(1);
    assertThat(report.getLoad().getNativeHandles()).isPositive();
    assertThat(report.getLoad().getDraining()).isFalse();
    assertThat(reports.next().hasLoad()).isTrue();
    assertThat(open.finish().halfClose().text()).isEqualTo("ten of clubs");
    assertThat(
            reason(
                () ->
                    asr.blocking()
                        .watchLoad(
                            WatchLoadRequest.newBuilder()
                                .setInterval(Durations.fromMillis(1))
                                .build())
                        .next()))
        .isEqualTo(Reason.FIELD_INVALID);
  }

  private static TestCall speak(String model) {
    return TestCall.open(asr.stub())
        .send(TestCall.config().setModelVersion(model))
        .audio(RecordedSpeech.cards().get(0).bytes());
  }

  private static LoadModelResponse loadSecond() {
    return load(SECOND);
  }

  private static LoadModelResponse load(String model) {
    return asr.blocking().loadModel(LoadModelRequest.newBuilder().setModelVersion(model).build());
  }

  private static Model unload(String model, boolean allowLast) {
    return asr.blocking()
        .unloadModel(
            UnloadModelRequest.newBuilder().setModelVersion(model).setAllowLast(allowLast).build())
        .getModel();
  }

  private static Model.State state(String model) {
    return asr
        .blocking()
        .listModels(ListModelsRequest.getDefaultInstance())
        .getModelsList()
        .stream()
        .filter(m -> m.getModelVersion().equals(model))
        .findFirst()
        .orElseThrow()
        .getState();
  }

  private static Reason reason(Supplier<?> call) {
    Throwable thrown = catchThrowable(call::get);
    assertThat(thrown).isNotNull();
    return Statuses.reasonOf(thrown).orElseThrow();
  }
}
