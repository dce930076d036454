// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.client;

import halfsecond.speech.v1.StreamingRecognitionResult;
import halfsecond.speech.v1.UtteranceRejected;
import java.util.List;

/**
 * What a source was answered, over as many sessions as it took.
 *
 * @param finals in order, offsets counted from the start of the source
 * @param rejected utterances that were refused, offsets likewise
 * @param sessions how many were opened, refused ones included
 */
public record ResumedStream(
    List<StreamingRecognitionResult> finals, List<UtteranceRejected> rejected, int sessions) {

  /** Copies the lists. */
  public ResumedStream {
    finals = List.copyOf(finals);
    rejected = List.copyOf(rejected);
  }
}
