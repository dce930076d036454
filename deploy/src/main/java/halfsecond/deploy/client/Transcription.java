// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.client;

import halfsecond.speech.v1.StreamingRecognitionResult;
import halfsecond.speech.v1.UtteranceRejected;
import java.time.Duration;
import java.util.List;

/**
 * What a whole recording says.
 *
 * @param finals one for each utterance in order, offsets counted from the start of the recording
 * @param rejected utterances that were refused, offsets likewise
 * @param audio length of the recording
 * @param took time it took, on the wall
 */
public record Transcription(
    List<StreamingRecognitionResult> finals,
    List<UtteranceRejected> rejected,
    Duration audio,
    Duration took) {

  /** Copies the lists. */
  public Transcription {
    finals = List.copyOf(finals);
    rejected = List.copyOf(rejected);
  }
}
