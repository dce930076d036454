// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The recorded speech of Debian's package {@code pocketsphinx-testdata}: five sentences read by
 * LibriVox's volunteers and five strings of playing cards.
 */
final class RecordedCorpus {
  static final String NAME = "recorded";
  static final Path DATA = Path.of("/usr/share/pocketsphinx/test/data");

  private RecordedCorpus() {}

  static Corpus read(Path data) throws IOException {
    List<Query> queries = new ArrayList<>();
    queries.addAll(read(data.resolve("librivox"), "transcription"));
    queries.addAll(read(data.resolve("cards"), "cards.transcription"));
    return new Corpus(
        NAME, "ten recorded clips of Debian's package pocketsphinx-testdata", queries);
  }

  private static List<Query> read(Path folder, String file) throws IOException {
    Path transcripts = folder.resolve(file);
    if (!Files.isReadable(transcripts)) {
      throw new IOException(
          "there is no recorded speech: install it with apt install pocketsphinx-testdata, or name"
              + " another corpus");
    }
    List<Query> queries = new ArrayList<>();
    for (Map.Entry<String, String> line :
        Transcripts.parse(Files.readAllLines(transcripts), transcripts.toString()).entrySet()) {
      String name = line.getKey();
      queries.add(Recordings.read(name, folder.resolve(name + ".wav"), line.getValue()));
    }
    return queries;
  }
}
