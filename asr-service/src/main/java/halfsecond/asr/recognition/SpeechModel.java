// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

import java.util.List;

/**
 * A loaded model, shared by all its recognizers and safe for use by any thread. The owner closes it
 * once all recognizers are closed; after that every call throws {@link IllegalStateException}.
 */
public interface SpeechModel extends AutoCloseable {
  /** Whether the model can recognize this word, lower case. */
  boolean knows(String word);

  /** Whether {@link #recognizerFor} works. */
  boolean takesPhrases();

  /** A recognizer of free speech. The caller closes it. May take 50 ms. */
  Recognizer recognizer();

  /**
   * A recognizer that hears nothing but these phrases. The caller closes it. May take 50 ms.
   *
   * @param phrases not empty, of known words separated by single spaces, as {@link PhraseList}
   *     makes them
   * @throws IllegalStateException if the model takes no phrases
   */
  Recognizer recognizerFor(List<String> phrases);

  /** Frees the native memory. A second close does nothing. */
  @Override
  void close();
}
