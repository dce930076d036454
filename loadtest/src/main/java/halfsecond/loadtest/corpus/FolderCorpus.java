// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.corpus;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Somebody's own recordings: a folder of WAV files and a file {@code transcripts.txt} with a line
 * for each, {@code name transcript} or {@code transcript (name)}. Recordings without a line are
 * left out.
 */
final class FolderCorpus {
  static final String TRANSCRIPTS = "transcripts.txt";

  private FolderCorpus() {}

  static Corpus read(Path folder) throws IOException {
    Path file = folder.resolve(TRANSCRIPTS);
    if (!Files.isReadable(file)) {
      throw new IOException(
          folder
              + " holds no "
              + TRANSCRIPTS
              + ": write one with a line for each recording, \"name transcript\" for name.wav");
    }
    List<Query> queries = new ArrayList<>();
    for (Map.Entry<String, String> line : transcripts(file).entrySet()) {
      String name = line.getKey();
      queries.add(Recordings.read(name, folder.resolve(name + ".wav"), line.getValue()));
    }
    if (queries.isEmpty()) {
      throw new IOException(file + " names no recording");
    }
    return new Corpus(
        folder.toAbsolutePath().normalize().getFileName().toString(),
        queries.size() + " recordings of a folder",
        queries);
  }

  private static Map<String, String> transcripts(Path file) throws IOException {
    try {
      return Transcripts.parse(Files.readAllLines(file), file.toString());
    } catch (CharacterCodingException e) {
      throw new IOException(file + " is not UTF-8 text", e);
    }
  }
}
