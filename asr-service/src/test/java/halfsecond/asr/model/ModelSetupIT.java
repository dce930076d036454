// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import halfsecond.testing.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real model and the real engine. The composed versions stay in the build for the tests of
 * other modules.
 */
final class ModelSetupIT {
  private static final ClipTranscriber ENGINE = new VoskTranscriber();
  private static final Path ARCHIVE = Path.of(System.getProperty("model.archive"));

  @Test
  void composesTheStaticGraphAndInstallsWhatPasses() throws Exception {
    PreparedModels prepared = prepareSharedModels();

    assertThat(prepared.models())
        .extracting(model -> model.id().toString())
        .containsExactly("en-small@1", "en-small@2");
    assertThat(prepared.advice()).isEmpty();
    for (InstalledModel model : prepared.models()) {
      assertThat(sharedCatalogue().verify(model.id())).isEmpty();
      assertThat(model.manifest().about().checks()).singleElement().matches(ModelCheck::passed);
      assertThat(model.manifest().about().parameters())
          .containsEntry("graph", "static")
          .containsEntry("dither", "0");
    }
  }

  @Test
  void theStaticGraphHasTheSizeThatWasMeasured() throws Exception {
    Path graph = prepareSharedModels().models().get(0).directory().resolve(ModelPaths.STATIC_GRAPH);
    FstHeader header = FstHeader.read(graph);

    assertThat(header.type()).isEqualTo("const");
    // Another version of OpenFst may pack or number differently, but not by much.
    assertThat((double) Files.size(graph)).isCloseTo(225e6, within(5e6));
    assertThat((double) header.states()).isCloseTo(3.0e6, within(0.1e6));
    assertThat((double) header.arcs()).isCloseTo(10.4e6, within(0.2e6));
  }

  @Test
  void theSameAudioAlwaysGivesTheSameText() throws Exception {
    List<Clip> clips = CheckClips.load();
    for (InstalledModel model : prepareSharedModels().models()) {
      assertThat(ENGINE.transcribe(model.directory(), clips))
          .isEqualTo(ENGINE.transcribe(model.directory(), clips))
          .noneMatch(String::isEmpty);
    }
  }

  @Test
  void theGrammarDirectoryIsAModelOfItsOwn() throws Exception {
    InstalledModel model = prepareSharedModels().models().get(0);
    List<Clip> clips = CheckClips.load().subList(0, 1);

    assertThat(ENGINE.transcribe(model.grammarDirectory(), clips))
        .isEqualTo(ENGINE.transcribe(model.directory(), clips));
  }

  @Test
  void installsTheSameVersionsOnTheStockGraph(@TempDir Path directory) throws Exception {
    ModelCatalogue catalogue = ModelCatalogue.open(directory);

    PreparedModels prepared =
        ModelSetup.ensurePrepared(
            catalogue, Optional.of(ARCHIVE), ENGINE, ProgressListener.none(), GraphChoice.NEVER);

    assertThat(catalogue.list().models())
        .extracting(model -> model.id().toString())
        .containsExactly("en-small@0", "en-small@1", "en-small@2");
    assertThat(prepared.models().get(1).manifest().about().parameters())
        .containsEntry("graph", "lookahead")
        .containsEntry("beam", "13.0")
        .containsEntry("max-active", "7000")
        .containsEntry("lattice-beam", "6.0")
        .containsEntry("dither", "0");
    assertThat(prepared.models().get(1).directory().resolve(ConfFile.DECODING))
        .content()
        .contains("--endpoint.silence-phones=1:2:3:4:5:6:7:8:9:10");
    assertThat(catalogue.verify(new ModelId("en-small", 2))).isEmpty();
  }

  private static ModelCatalogue sharedCatalogue() throws Exception {
    return ModelCatalogue.open(Path.of(System.getProperty("test.models")));
  }

  private static PreparedModels prepareSharedModels() throws Exception {
    Tools.require("fstcompose");
    return ModelSetup.ensurePrepared(
        sharedCatalogue(),
        Optional.of(ARCHIVE),
        ENGINE,
        ProgressListener.none(),
        GraphChoice.REQUIRED);
  }
}
