// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import halfsecond.asr.model.ModelProblem.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelCatalogueTest {
  @TempDir Path directory;
  private ModelCatalogue catalogue;

  @BeforeEach
  void openCatalogue() throws IOException {
    catalogue = ModelCatalogue.open(directory.resolve("new/catalogue"));
  }

  @Test
  void isEmptyWhenItIsNew() throws Exception {
    assertThat(catalogue.list().models()).isEmpty();
    assertThat(catalogue.list().damaged()).isEmpty();
    assertThat(catalogue.find(new ModelId("en-small", 1))).isEmpty();
  }

  @Test
  void findsWhatIsInstalled() throws Exception {
    InstalledModel model = FakeArchive.install(catalogue, directory);

    assertThat(catalogue.find(FakeArchive.ID)).contains(model);
    assertThat(catalogue.list().models()).containsExactly(model);
    assertThat(model.grammarDirectory()).isEqualTo(model.directory());
  }

  @Test
  void verifyFindsMissingExtraAndChangedFiles() throws Exception {
    Path model = FakeArchive.install(catalogue, directory).directory();
    Files.writeString(model.resolve("am/final.mdl"), "ACOUSTIC");
    Files.delete(model.resolve("graph/Gr.fst"));
    Files.writeString(model.resolve("extra"), "extra");

    assertThat(catalogue.verify(FakeArchive.ID))
        .containsExactly(
            new ModelProblem(Kind.CHANGED, "model/am/final.mdl"),
            new ModelProblem(Kind.MISSING, "model/graph/Gr.fst"),
            new ModelProblem(Kind.EXTRA, "model/extra"));
  }

  @Test
  void verifyFindsALinkInPlaceOfAFile() throws Exception {
    Path model = FakeArchive.install(catalogue, directory).directory();
    Path moved = Files.move(model.resolve("am/final.mdl"), directory.resolve("elsewhere"));
    Files.createSymbolicLink(model.resolve("am/final.mdl"), moved);

    assertThat(catalogue.verify(FakeArchive.ID))
        .containsExactly(new ModelProblem(Kind.CHANGED, "model/am/final.mdl"));
  }

  @Test
  void reportsDamagedEntriesBesideTheOthers() throws Exception {
    InstalledModel good = FakeArchive.install(catalogue, directory);
    Files.createDirectories(catalogue.root().resolve("fake/1"));
    Files.createDirectories(catalogue.root().resolve("Not a name/2"));
    Files.createDirectories(catalogue.root().resolve("fake/03"));
    Files.writeString(catalogue.root().resolve("notes.txt"), "not a version");

    CatalogueListing listing = catalogue.list();

    assertThat(listing.models()).containsExactly(good);
    assertThat(listing.damaged())
        .extracting(DamagedModel::id)
        .containsExactly(Optional.empty(), Optional.empty(), Optional.of(new ModelId("fake", 1)));
    assertThat(listing.damaged().get(2).problem()).contains("manifest.json is missing");
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> catalogue.find(new ModelId("fake", 1)));
  }

  @Test
  void aManifestInAnotherDirectoryIsDamaged() throws Exception {
    FakeArchive.install(catalogue, directory);
    Files.move(catalogue.root().resolve("fake/0"), catalogue.root().resolve("fake/5"));

    assertThat(catalogue.list().damaged())
        .singleElement()
        .satisfies(damaged -> assertThat(damaged.problem()).contains("that of fake@0"));
  }
}
