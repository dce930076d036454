// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.utterance;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/** One hypothesis of a final: words separated by single spaces, empty when there are none. */
public record Alternative(String transcript, OptionalDouble confidence, List<Word> words) {
  public Alternative {
    words = List.copyOf(words);
  }

  /** How many words the transcript has. */
  public int wordCount() {
    return transcript.isBlank() ? 0 : transcript.strip().split("\\s+").length;
  }

  /** The first words of the transcript, at most so many. */
  public List<String> words(int atMost) {
    return transcript.isBlank()
        ? List.of()
        : Arrays.stream(transcript.strip().split("\\s+")).limit(atMost).toList();
  }

  /** Without the words: they are not for logs. */
  @Override
  public String toString() {
    return "Alternative[" + wordCount() + " words]";
  }
}
