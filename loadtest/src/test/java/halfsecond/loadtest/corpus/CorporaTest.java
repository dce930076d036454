// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import halfsecond.testing.Clip;
import halfsecond.testing.RecordedSpeech;
import halfsecond.testing.WavFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CorporaTest {
  @TempDir private Path folder;

  @Test
  void readsTheRecordedClips() throws Exception {
    List<Clip> clips = RecordedSpeech.clips();

    Corpus corpus = Corpora.open("recorded");

    assertThat(corpus.queries()).hasSize(10);
    for (int i = 0; i < clips.size(); i++) {
      Query query = corpus.queries().get(i);
      assertThat(query.audio().toByteArray()).isEqualTo(clips.get(i).bytes());
      assertThat(query.transcript()).isEqualTo(clips.get(i).transcript());
      assertThat(query.speechEnd())
          .isGreaterThan(query.length().dividedBy(2))
          .isLessThanOrEqualTo(query.length());
    }
  }

  @Test
  void saysWhichPackageHoldsTheRecordedClips() {
    assertThatThrownBy(() -> RecordedCorpus.read(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("apt install pocketsphinx-testdata");
  }

  @Test
  void readsAFolderAtAnyRate() throws Exception {
    Clip clip = RecordedSpeech.sentences().get(1);
    Files.write(folder.resolve("plain.wav"), WavFile.bytes(clip.samples(), 16_000));
    // Said to be twice as fast: half the length remains.
    Files.write(folder.resolve("fast.wav"), WavFile.bytes(clip.samples(), 32_000));
    Files.writeString(
        folder.resolve("transcripts.txt"),
        "# mine\n\nplain He was not, an ill-disposed man.\n<s> he was FAST </s> (fast.wav)\n");

    Corpus corpus = Corpora.open(folder.toString());

    assertThat(corpus.name()).isEqualTo(folder.getFileName().toString());
    assertThat(corpus.queries()).extracting(Query::name).containsExactly("plain", "fast");
    assertThat(corpus.queries())
        .extracting(Query::transcript)
        .containsExactly("he was not an ill disposed man", "he was fast");
    assertThat(corpus.queries().get(1).length())
        .isCloseTo(clip.duration().dividedBy(2), Duration.ofMillis(1));
  }

  @Test
  void saysWhatIsWrongWithAFolder() throws Exception {
    assertProblem("holds no transcripts.txt");

    write("# nothing\n");
    assertProblem("names no recording");

    write("one\n");
    assertProblem("line 1 is neither");

    write("one first\none second\n");
    assertProblem("names one a second time");

    write("one first\n");
    assertProblem("there is no " + folder.resolve("one.wav"));

    Files.writeString(folder.resolve("one.wav"), "no audio");
    assertProblem("one.wav cannot be used");

    Files.write(folder.resolve("one.wav"), WavFile.bytes(new short[16_000], 16_000));
    assertProblem("no speech is heard in one");

    Files.write(
        folder.resolve("transcripts.txt"), "one caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
    assertProblem("not UTF-8");
  }

  @Test
  void listsTheCorporaWhenThereIsNoneOfThatName() {
    assertThatThrownBy(() -> Corpora.open(folder.resolve("nothing").toString()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("recorded")
        .hasMessageContaining("no folder");
  }

  private void write(String transcripts) throws IOException {
    Files.writeString(folder.resolve("transcripts.txt"), transcripts);
  }

  private void assertProblem(String words) {
    assertThatThrownBy(() -> Corpora.open(folder.toString()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(words);
  }
}
