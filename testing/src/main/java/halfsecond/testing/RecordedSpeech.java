// SPDX-License-Identifier: Apache-2.0
package halfsecond.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ten recorded clips of Debian's package {@code pocketsphinx-testdata}: five read sentences
 * (LibriVox) and five strings of playing cards. Without the package the calling test is skipped, or
 * fails with {@code -Drecorded.required=true}.
 */
public final class RecordedSpeech {
  private static final Path DATA = Path.of("/usr/share/pocketsphinx/test/data");
  private static final Pattern LINE = Pattern.compile("(.*)\\(([^()]+)\\)\\s*");

  private RecordedSpeech() {}

  /** All clips, always in the same order: the sentences, then the cards. */
  public static List<Clip> clips() {
    List<Clip> all = new ArrayList<>(sentences());
    all.addAll(cards());
    return all;
  }

  public static List<Clip> sentences() {
    return read(DATA.resolve("librivox"), "transcription");
  }

  public static List<Clip> cards() {
    return read(DATA.resolve("cards"), "cards.transcription");
  }

  /** Lower case, no marks of begin and end, no punctuation except the apostrophe, single spaces. */
  public static String normalise(String transcript) {
    return transcript
        .toLowerCase(Locale.ROOT)
        .replaceAll("</?s>", " ")
        .replaceAll("[^\\p{L}\\p{N}']+", " ")
        .strip();
  }

  private static List<Clip> read(Path folder, String transcripts) {
    Path file = folder.resolve(transcripts);
    if (!Files.isReadable(file)) {
      throw Required.missing(
          "recorded.required",
          "no recorded speech: install the Debian package pocketsphinx-testdata");
    }
    try {
      List<Clip> clips = new ArrayList<>();
      for (String line : Files.readAllLines(file)) {
        Matcher matcher = LINE.matcher(line);
        if (matcher.matches()) {
          String name = matcher.group(2);
          clips.add(
              new Clip(
                  name, WavFile.read(folder.resolve(name + ".wav")), normalise(matcher.group(1))));
        }
      }
      return clips;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
