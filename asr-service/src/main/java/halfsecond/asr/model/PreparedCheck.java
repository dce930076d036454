// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Holds prepared versions against the stock model on the check clips, and refuses those that hear
 * worse.
 */
final class PreparedCheck {
  /**
   * Two of the 41 words. The stock model dithers, which by itself moves a word now and then; a
   * graph that is wrong loses most of them.
   */
  static final double ALLOWED_INCREASE = 0.055;

  private static final String NAME = "check-clips";
  private final ClipTranscriber transcriber;
  private final List<Clip> clips;
  private final int words;
  private final double stockWordErrorRate;

  /** Recognizes the clips with the stock model. */
  PreparedCheck(ClipTranscriber transcriber, List<Clip> clips, Path stock) throws IOException {
    this.transcriber = transcriber;
    this.clips = clips;
    this.words = clips.stream().mapToInt(clip -> WordErrors.words(clip.reference())).sum();
    this.stockWordErrorRate = wordErrorRate(stock);
  }

  /**
   * @throws ModelException when the version may not be installed
   */
  ModelCheck check(ModelId id, Path model) throws IOException {
    ModelCheck check =
        new ModelCheck(
            NAME, clips.size(), words, stockWordErrorRate, wordErrorRate(model), ALLOWED_INCREASE);
    if (!check.passed()) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "%s is not installed: its word error rate on the check clips is %.1f %%, that of the stock model %.1f %%,"
                  + " and %.1f points more are allowed",
              id,
              100 * check.wordErrorRate(),
              100 * stockWordErrorRate,
              100 * ALLOWED_INCREASE));
    }
    return check;
  }

  private double wordErrorRate(Path model) throws IOException {
    List<String> texts = transcriber.transcribe(model, clips);
    if (texts.size() != clips.size()) {
      throw new IllegalStateException("a transcriber has to answer every clip");
    }
    int errors = 0;
    for (int i = 0; i < clips.size(); i++) {
      errors += WordErrors.count(clips.get(i).reference(), texts.get(i));
    }
    return (double) errors / words;
  }
}
