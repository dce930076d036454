// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

import java.util.List;

/**
 * The text so far; may change.
 *
 * @param stability share of its words that the hypothesis before had at the same place, 0 to 1
 * @param processedSamples the audio it covers
 */
public record Hypothesis(String transcript, double stability, long processedSamples) {
  static final Hypothesis NONE = new Hypothesis("", 0, 0);

  Hypothesis next(String newer, long samples) {
    return new Hypothesis(newer, stability(transcript, newer), samples);
  }

  private static double stability(String older, String newer) {
    if (older.isEmpty() || newer.isEmpty()) {
      return 0;
    }
    List<String> before = words(older);
    List<String> now = words(newer);
    int same = 0;
    while (same < before.size() && same < now.size() && before.get(same).equals(now.get(same))) {
      same++;
    }
    return (double) same / now.size();
  }

  private static List<String> words(String text) {
    return List.of(text.split(" ", -1));
  }
}
