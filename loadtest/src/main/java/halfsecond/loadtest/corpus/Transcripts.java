// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.corpus;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What was said in each recording, as people write it down, and its normal form. */
final class Transcripts {
  private static final Pattern NAME_LAST = Pattern.compile("(.*)\\(([^()\\s]+)\\)\\s*");
  private static final Pattern NAME_FIRST = Pattern.compile("(\\S+)\\s+(.*)");

  private Transcripts() {}

  /** Lower case, no sentence marks, no punctuation but the apostrophe, single spaces. */
  static String normalise(String transcript) {
    return transcript
        .toLowerCase(Locale.ROOT)
        .replaceAll("</?s>", " ")
        .replaceAll("[^\\p{L}\\p{N}']+", " ")
        .strip();
  }

  /**
   * Reads lines of {@code transcript (name)} or {@code name transcript}; empty lines and those that
   * begin with # are left out.
   *
   * @return normal transcripts by name, in the order of the lines
   * @throws IOException naming the line that is neither, or the name that comes twice
   */
  static Map<String, String> parse(List<String> lines, String source) throws IOException {
    Map<String, String> transcripts = new LinkedHashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String where = source + ", line " + (i + 1);
      Matcher last = NAME_LAST.matcher(line);
      Matcher first = NAME_FIRST.matcher(line);
      if (last.matches()) {
        put(transcripts, last.group(2), last.group(1), where);
      } else if (first.matches()) {
        put(transcripts, first.group(1), first.group(2), where);
      } else {
        throw new IOException(where + " is neither \"name transcript\" nor \"transcript (name)\"");
      }
    }
    return transcripts;
  }

  private static void put(Map<String, String> transcripts, String file, String text, String where)
      throws IOException {
    String name = file.endsWith(".wav") ? file.substring(0, file.length() - 4) : file;
    if (transcripts.putIfAbsent(name, normalise(text)) != null) {
      throw new IOException(where + " names " + name + " a second time");
    }
  }
}
