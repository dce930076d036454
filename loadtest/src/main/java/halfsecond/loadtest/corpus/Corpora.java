// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Finds a corpus by what is written on the command line. */
public final class Corpora {
  /** Corpora that have a name; every other word is a folder. */
  public static final List<String> NAMES = List.of(BuiltinCorpus.NAME, RecordedCorpus.NAME);

  private Corpora() {}

  /**
   * Reads a corpus and finds the end of speech of every query, which takes up to a few seconds.
   *
   * @param word one of {@link #NAMES} or a folder of WAV files with a {@code transcripts.txt}
   * @throws IOException with what to do about it, if there is none or it cannot be used
   */
  public static Corpus open(String word) throws IOException {
    if (word.equals(BuiltinCorpus.NAME)) {
      return BuiltinCorpus.read();
    }
    if (word.equals(RecordedCorpus.NAME)) {
      return RecordedCorpus.read(RecordedCorpus.DATA);
    }
    Path folder = Path.of(word);
    if (!Files.isDirectory(folder)) {
      throw new IOException(
          "there is no corpus \""
              + word
              + "\": it is none of "
              + String.join(", ", NAMES)
              + " and no folder");
    }
    return FolderCorpus.read(folder);
  }
}
