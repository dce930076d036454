// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelPreparerTest {
  private static final ModelId FAST = new ModelId("fake", 1);
  private static final ModelId ACCURATE = new ModelId("fake", 2);

  @TempDir Path directory;
  private ModelCatalogue catalogue;
  private FakeTools tools;
  private final FakeTranscriber transcriber = new FakeTranscriber();

  @BeforeEach
  void fetchStockModel() throws Exception {
    catalogue = ModelCatalogue.open(directory.resolve("catalogue"));
    FakeArchive.install(catalogue, directory);
    tools = new FakeTools(directory.resolve("tools"));
  }

  @Test
  void derivesTwoVersionsByTheirSettings() throws Exception {
    PreparedModels prepared = prepareWithoutTools();

    assertThat(prepared.models()).extracting(InstalledModel::id).containsExactly(FAST, ACCURATE);
    assertThat(prepared.models().get(0).directory().resolve(ConfFile.DECODING))
        .hasContent(
            "--min-active=200\n--max-active=3000\n--beam=10.0\n--lattice-beam=2.0\n--acoustic-scale=1.0");
    assertThat(prepared.models().get(1).directory().resolve(ConfFile.DECODING))
        .hasContent(
            "--min-active=200\n--max-active=7000\n--beam=13.0\n--lattice-beam=6.0\n--acoustic-scale=1.0");
    for (InstalledModel model : prepared.models()) {
      assertThat(model.directory().resolve(ConfFile.FEATURES))
          .hasContent("--sample-frequency=16000\n--dither=0");
      assertThat(catalogue.verify(model.id())).isEmpty();
    }
  }

  @Test
  void leavesTheStockModelAsItWas() throws Exception {
    prepareWithTools();

    assertThat(catalogue.verify(FakeArchive.ID)).isEmpty();
  }

  @Test
  void writesDownHowTheVersionCameToBe() throws Exception {
    InstalledModel stock = catalogue.find(FakeArchive.ID).orElseThrow();

    ModelDescription about = prepareWithTools().models().get(1).manifest().about();

    assertThat(about.derivedFrom())
        .isEqualTo(new ModelDerivation(FakeArchive.ID, stock.manifest().contentHash()));
    assertThat(about.source()).isEqualTo(stock.manifest().about().source());
    assertThat(about.training()).isEqualTo(stock.manifest().about().training());
    assertThat(about.tools()).isEqualTo(Map.of("recipe", "1", "openfst", "plugins 22"));
    assertThat(about.parameters())
        .containsEntry("beam", "13.0")
        .containsEntry("max-active", "7000")
        .containsEntry("lattice-beam", "6.0")
        .containsEntry("dither", "0")
        .containsEntry("graph", "static");
    assertThat(about.checks())
        .singleElement()
        .satisfies(check -> assertThat(check.wordErrorRate()).isZero());
  }

  @Test
  void composesTheStaticGraphOnceForAllVersions() throws Exception {
    PreparedModels prepared = prepareWithTools();

    Path first = prepared.models().get(0).directory().resolve(ModelPaths.STATIC_GRAPH);
    Path second = prepared.models().get(1).directory().resolve(ModelPaths.STATIC_GRAPH);
    assertThat(first)
        .content()
        .startsWith("7\t0\n9\t0\nleft")
        .contains("right bare sorted")
        .contains(tools.plugins().toRealPath().toString());
    assertThat(Files.isSameFile(first, second)).isTrue();
    assertThat(prepared.models().get(0).directory().resolve(ModelPaths.WORDS)).hasContent("a 1");
    assertThat(prepared.advice()).isEmpty();
  }

  @Test
  void keepsADirectoryWithoutTheStaticGraphForPhraseLists() throws Exception {
    InstalledModel model = prepareWithTools().models().get(0);

    assertThat(model.grammarDirectory()).isNotEqualTo(model.directory());
    assertThat(ModelPaths.filesBelow(model.grammarDirectory()))
        .contains(ModelPaths.LOOKAHEAD_LEFT, ConfFile.DECODING)
        .doesNotContain(ModelPaths.STATIC_GRAPH);
    assertThat(catalogue.verify(FAST)).isEmpty();
    Files.delete(model.grammarDirectory().resolve(ModelPaths.LOOKAHEAD_LEFT));
    assertThat(catalogue.verify(FAST))
        .containsExactly(new ModelProblem(ModelProblem.Kind.MISSING, "grammar/graph/HCLr.fst"));
  }

  @Test
  void saysHowToGetTheFasterGraphWhereThereAreNoTools() throws Exception {
    PreparedModels prepared = prepareWithoutTools();

    assertThat(prepared.advice().orElseThrow())
        .contains("apt-get install libfst-tools", "halfsecond model prepare")
        .doesNotContain("\n");
    assertThat(prepared.models())
        .allSatisfy(model -> assertThat(model.grammarDirectory()).isEqualTo(model.directory()));
  }

  @Test
  void staysOnTheStockGraphWhenToldTo() throws Exception {
    PreparedModels prepared = preparer(tools.environment()).prepare(GraphChoice.NEVER);

    assertThat(prepared.models()).noneMatch(model -> model.manifest().hasStaticGraph());
    assertThat(prepared.advice()).isEmpty();
  }

  @Test
  void failsWithoutToolsWhenTheStaticGraphIsRequired() {
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> preparer(Map.of()).prepare(GraphChoice.REQUIRED))
        .withMessageContaining("apt-get install");
  }

  @Test
  void doesNothingTheSecondTime() throws Exception {
    PreparedModels first = prepareWithTools();
    transcriber.loaded().clear();

    PreparedModels second = prepareWithTools();

    assertThat(first.changed()).isTrue();
    assertThat(second.changed()).isFalse();
    assertThat(second.models()).isEqualTo(first.models());
    assertThat(transcriber.loaded()).isEmpty();
  }

  @Test
  void bringsTheStaticGraphToVersionsWithoutOne() throws Exception {
    PreparedModels before = prepareWithoutTools();

    PreparedModels after = prepareWithTools();

    assertThat(after.changed()).isTrue();
    assertThat(after.models()).extracting(InstalledModel::id).containsExactly(FAST, ACCURATE);
    assertThat(after.models()).allMatch(model -> model.manifest().hasStaticGraph());
    assertThat(after.models().get(0).manifest().contentHash())
        .isNotEqualTo(before.models().get(0).manifest().contentHash());
    assertNothingIsLeftOver();
  }

  @Test
  void keepsTheStaticGraphWhenTheToolsAreGone() throws Exception {
    PreparedModels before = prepareWithTools();

    PreparedModels after = prepareWithoutTools();

    assertThat(after.changed()).isFalse();
    assertThat(after.models()).isEqualTo(before.models());
    assertThat(after.advice()).isEmpty();
  }

  @Test
  void repairsALostVersionWithTheGraphOfTheOther() throws Exception {
    prepareWithTools();
    ModelPaths.deleteTree(catalogue.directoryOf(ACCURATE));
    tools.script("fstcompose", "exit 1");

    PreparedModels repaired = prepareWithTools();

    assertThat(repaired.models()).allMatch(model -> model.manifest().hasStaticGraph());
    assertThat(catalogue.verify(ACCURATE)).isEmpty();
  }

  @Test
  void tellsWhatAFailingToolWrote() throws Exception {
    tools.script("fstcompose", "echo 'ERROR: bad FST header' >&2; exit 3");

    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(this::prepareWithTools)
        .withMessageContaining("fstcompose ended with 3")
        .withMessageContaining("ERROR: bad FST header");
    assertThat(catalogue.list().models())
        .extracting(InstalledModel::id)
        .containsExactly(FakeArchive.ID);
    assertNothingIsLeftOver();
  }

  @Test
  void doesNotInstallAVersionThatHearsWorse() throws Exception {
    prepareWithoutTools();
    FakeTranscriber deafToGraphs =
        new FakeTranscriber(model -> Files.exists(model.resolve(ModelPaths.STATIC_GRAPH)));
    ModelPreparer preparer =
        new ModelPreparer(
            catalogue, FakeArchive.ID, tools.environment(), deafToGraphs, ProgressListener.none());

    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> preparer.prepare(GraphChoice.WHERE_POSSIBLE))
        .withMessageContaining("fake@1 is not installed")
        .withMessageContaining("100.0 %");
    assertThat(catalogue.find(FAST)).get().matches(model -> !model.manifest().hasStaticGraph());
    assertNothingIsLeftOver();
  }

  @Test
  void refusesADamagedStockModel() throws Exception {
    InstalledModel stock = catalogue.find(FakeArchive.ID).orElseThrow();
    Files.writeString(stock.directory().resolve("am/final.mdl"), "ACOUSTIC");

    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(this::prepareWithTools)
        .withMessageContaining("fake@0 is damaged");
  }

  @Test
  void asksForTheStockModelFirst() throws Exception {
    ModelPaths.deleteTree(catalogue.directoryOf(FakeArchive.ID));

    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(this::prepareWithTools)
        .withMessageContaining("halfsecond model fetch");
  }

  @Test
  void isDoneOnceHoweverManyAsk() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Callable<PreparedModels> prepare = this::prepareWithTools;
      List<PreparedModels> outcomes = new ArrayList<>();
      for (Future<PreparedModels> future :
          threads.invokeAll(List.of(prepare, prepare, prepare, prepare))) {
        outcomes.add(future.get());
      }

      assertThat(outcomes).filteredOn(PreparedModels::changed).hasSize(1);
      // The stock model and the two versions.
      assertThat(transcriber.loaded()).hasSize(3);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void leavesNothingWhenInterrupted() throws Exception {
    Path started = directory.resolve("started");
    tools.script("fstcompose", "echo > '" + started + "'; exec sleep 600");
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try {
      Future<PreparedModels> preparing = threads.submit(this::prepareWithTools);
      await("until the tool runs").until(() -> Files.exists(started));
      threads.shutdownNow();

      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(preparing::get)
          .withCauseInstanceOf(InterruptedException.class);
      assertThat(catalogue.list().models()).hasSize(1);
      assertNothingIsLeftOver();
      tools.script("fstcompose", "cat \"$2\" \"$3\" > \"$4\"");
      assertThat(prepareWithTools().changed()).isTrue();
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void reportsEveryStepToItsEnd() throws Exception {
    List<String> finished = new ArrayList<>();
    new ModelPreparer(
            catalogue,
            FakeArchive.ID,
            tools.environment(),
            transcriber,
            (step, percent) -> {
              assertThat(percent).isBetween(0, 100);
              if (percent == 100) {
                finished.add(step);
              }
            })
        .prepare(GraphChoice.REQUIRED);

    assertThat(finished).contains("composing the static graph", "checking and installing fake@2");
  }

  private PreparedModels prepareWithTools() throws IOException, InterruptedException {
    return preparer(tools.environment()).prepare(GraphChoice.WHERE_POSSIBLE);
  }

  private PreparedModels prepareWithoutTools() throws IOException, InterruptedException {
    return preparer(Map.of()).prepare(GraphChoice.WHERE_POSSIBLE);
  }

  private ModelPreparer preparer(Map<String, String> environment) {
    return new ModelPreparer(
        catalogue, FakeArchive.ID, environment, transcriber, ProgressListener.none());
  }

  private void assertNothingIsLeftOver() throws IOException {
    try (Stream<Path> entries = Files.list(catalogue.root())) {
      assertThat(entries.map(entry -> entry.getFileName().toString()))
          .containsExactlyInAnyOrder(".lock", "fake");
    }
  }
}
