// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad.endpoint;

/**
 * Hears what a detector finds, on the thread that feeds it, in this order for each utterance: one
 * start, any progress, one end. Utterances never overlap. Must not call the detector back.
 */
public interface SpeechListener {
  /** An utterance is in progress. */
  void speechStarted(SpeechStarted event);

  /** More audio has been judged. */
  void progress(Progress event);

  /** The utterance in progress is over. */
  void speechEnded(SpeechEnded event);
}
