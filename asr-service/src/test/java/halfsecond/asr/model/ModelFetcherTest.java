// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ModelFetcherTest {
  @TempDir Path directory;
  private ModelCatalogue catalogue;
  private Path file;

  @BeforeEach
  void openCatalogue() throws IOException {
    catalogue = ModelCatalogue.open(directory.resolve("catalogue"));
    file = directory.resolve("model.zip");
  }

  @Test
  void installsTheFolderOfTheArchiveUnchanged() throws Exception {
    InstalledModel model = FakeArchive.install(catalogue, directory);

    assertThat(model.directory().resolve("am/final.mdl")).hasContent("acoustic");
    assertThat(model.manifest().files())
        .extracting(ModelFile::path)
        .containsExactly(
            "am/final.mdl",
            "conf/mfcc.conf",
            "conf/model.conf",
            "graph/Gr.fst",
            "graph/HCLr.fst",
            "graph/disambig_tid.int");
    assertThat(catalogue.verify(FakeArchive.ID)).isEmpty();
  }

  @Test
  void writesDownWhereItCameFromAndHowItIsSet() throws Exception {
    ModelDescription about = FakeArchive.install(catalogue, directory).manifest().about();

    assertThat(about.source())
        .isEqualTo(new ModelSource("example:model:1.0:aar", FileHashes.sha256(file)));
    assertThat(about.parameters())
        .containsEntry("beam", "10.0")
        .containsEntry("dither", "1.0")
        .containsEntry("graph", "lookahead");
    assertThat(about.derivedFrom()).isNull();
    assertThat(about.training().details()).containsEntry("hours", "0");
  }

  @Test
  void doesNothingWhenItIsInstalled() throws Exception {
    InstalledModel first = FakeArchive.install(catalogue, directory);
    ModelArchive pins = FakeArchive.pinsOf(file);
    Files.delete(file);

    assertThat(FakeArchive.fetcher(catalogue, pins).fetch()).isEqualTo(first);
  }

  @Test
  void replacesAVersionThatLostAFile() throws Exception {
    InstalledModel first = FakeArchive.install(catalogue, directory);
    Files.delete(first.directory().resolve("am/final.mdl"));

    FakeArchive.install(catalogue, directory);

    assertThat(catalogue.verify(FakeArchive.ID)).isEmpty();
    assertNothingIsLeftOver();
  }

  @Test
  void refusesAnotherFileThanThePinnedOne() throws Exception {
    ModelArchive pins = FakeArchive.pinsOf(FakeArchive.complete().writeTo(file));
    FakeArchive.complete().withModelFile("am/final.mdl", "evil").writeTo(file);

    assertRefused(pins, "SHA-256");
  }

  @Test
  void refusesATruncatedZip() throws Exception {
    byte[] whole = FakeArchive.complete().bytes();
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));

    assertRefused(FakeArchive.pinsOf(file), "not a readable zip");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../evil",
        "a/../../evil",
        "/evil",
        "a//b",
        "./a",
        "a\\..\\evil",
        "a:b",
        ".hidden"
      })
  void refusesNamesThatLeadOutOfTheFolder(String name) throws Exception {
    FakeArchive.complete().withModelFile(name, "evil").writeTo(file);

    assertRefused(FakeArchive.pinsOf(file), "leads out of its folder");
    assertThat(directory.resolve("evil")).doesNotExist();
  }

  @Test
  void refusesAnArchiveWithoutTheFolder() throws Exception {
    new FakeArchive().with("README", "nothing here").writeTo(file);

    assertRefused(FakeArchive.pinsOf(file), "no folder");
  }

  @Test
  void boundsWhatComesOutOfTheArchive() throws Exception {
    FakeArchive.complete().withModelFile("bomb", "0".repeat(1 << 20)).writeTo(file);
    Path target = Files.createDirectory(directory.resolve("target"));

    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(
            () -> new ArchiveExtraction("assets/model-en-us", 1 << 16).extract(file, target))
        .withMessageContaining("more than 65536 bytes");
  }

  @Test
  void removesWhatAKilledProcessLeftBehind() throws Exception {
    Path leftover = Files.createDirectories(catalogue.root().resolve(".staging-killed/version"));
    Files.writeString(leftover.resolve("half"), "half");

    assertThat(catalogue.list().models()).isEmpty();
    FakeArchive.install(catalogue, directory);

    assertNothingIsLeftOver();
  }

  @Test
  void looksInTheDistributionThenInTheRepository() throws Exception {
    ModelArchive pins = FakeArchive.pinsOf(FakeArchive.complete().writeTo(file));
    Path home = directory.resolve("home");
    Path repository = directory.resolve("repository");
    Path shipped = home.resolve("models").resolve(pins.fileName());
    Path cached = repository.resolve(pins.repositoryPath());
    Files.createDirectories(ModelPaths.parent(shipped));
    Files.createDirectories(ModelPaths.parent(cached));
    Files.copy(file, cached);
    ArchiveFinder finder =
        new ArchiveFinder(
            pins, Optional.of(home), Optional.of(repository), new Executables(Map.of()));

    assertThat(finder.find(Optional.empty(), directory, ProgressListener.none())).isEqualTo(cached);
    Files.copy(file, shipped);
    assertThat(finder.find(Optional.empty(), directory, ProgressListener.none()))
        .isEqualTo(shipped);
    Files.writeString(shipped, "damaged");
    assertThat(finder.find(Optional.empty(), directory, ProgressListener.none())).isEqualTo(cached);
  }

  @Test
  void asksMavenWhenItIsNowhereElse() throws Exception {
    ModelArchive pins = FakeArchive.pinsOf(FakeArchive.complete().writeTo(file));
    Path repository = directory.resolve("repository");
    ArchiveFinder finder =
        finderWithMaven(
            pins,
            repository,
            "for a in \"$@\"; do case $a in",
            "  -Dartifact=example:model:1.0:aar) known=1;;",
            "  -Dmaven.repo.local=" + repository + ") local=1;;",
            "  -DoutputDirectory=*) out=${a#-DoutputDirectory=};;",
            "esac; done",
            "[ $known$local = 11 ] && cp '" + file + "' \"$out/model-1.0.aar\"");

    new ModelFetcher(catalogue, pins, finder, ProgressListener.none()).fetch();

    assertThat(catalogue.verify(FakeArchive.ID)).isEmpty();
    assertNothingIsLeftOver();
  }

  @Test
  void tellsWhatMavenSaidWhenItFails() throws Exception {
    ModelArchive pins = FakeArchive.pinsOf(FakeArchive.complete().writeTo(file));
    ArchiveFinder finder =
        finderWithMaven(
            pins, directory.resolve("repository"), "echo '[ERROR] no network'", "exit 1");

    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(
            () -> new ModelFetcher(catalogue, pins, finder, ProgressListener.none()).fetch())
        .withMessageContaining("mvn ended with 1")
        .withMessageContaining("[ERROR] no network");
    assertNothingIsLeftOver();
  }

  @Test
  void saysWhatToDoWhenThereIsNoArchiveAndNoMaven() throws Exception {
    ModelArchive pins = FakeArchive.pinsOf(FakeArchive.complete().writeTo(file));

    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> FakeArchive.fetcher(catalogue, pins).fetch())
        .withMessageContaining("no mvn on the PATH")
        .withMessageContaining("example:model:1.0:aar");
  }

  private ArchiveFinder finderWithMaven(ModelArchive pins, Path repository, String... script)
      throws IOException {
    Path bin = directory.resolve("bin");
    FakeTools.script(bin.resolve("mvn"), script);
    return new ArchiveFinder(
        pins,
        Optional.empty(),
        Optional.of(repository),
        new Executables(Map.of("PATH", bin.toString())));
  }

  private void assertRefused(ModelArchive pins, String reason) throws IOException {
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> FakeArchive.fetcher(catalogue, pins).fetch(file))
        .withMessageContaining(reason);
    assertThat(catalogue.list()).isEqualTo(new CatalogueListing(List.of(), List.of()));
    assertNothingIsLeftOver();
  }

  private void assertNothingIsLeftOver() throws IOException {
    try (Stream<Path> entries = Files.list(catalogue.root())) {
      assertThat(entries.map(entry -> entry.getFileName().toString()))
          .noneMatch(name -> name.startsWith(".staging"));
    }
  }
}
