// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.client;

import halfsecond.speech.v1.StreamingRecognizeResponse;

/**
 * One answer of the server.
 *
 * @param response what it said
 * @param nanos when it arrived, {@link System#nanoTime}
 */
public record Received(StreamingRecognizeResponse response, long nanos) {

  /** Whether it is the closing answer of an utterance with text (which may be empty). */
  public boolean isFinal() {
    return response.hasResult() && response.getResult().getIsFinal();
  }

  /** Whether it is an interim result. */
  public boolean isPartial() {
    return response.hasResult() && !response.getResult().getIsFinal();
  }
}
