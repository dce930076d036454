// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.serving;

import halfsecond.asr.recognition.Recognizer;
import halfsecond.asr.recognition.SpeechModel;
import java.util.List;

/** A model that somebody else owns: closing this changes nothing. */
record BorrowedModel(SpeechModel owned) implements SpeechModel {
  @Override
  public boolean knows(String word) {
    return owned.knows(word);
  }

  @Override
  public boolean takesPhrases() {
    return owned.takesPhrases();
  }

  @Override
  public Recognizer recognizer() {
    return owned.recognizer();
  }

  @Override
  public Recognizer recognizerFor(List<String> phrases) {
    return owned.recognizerFor(phrases);
  }

  @Override
  public void close() {}
}
