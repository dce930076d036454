// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

/**
 * What the detector reports. Every event but the last waits for {@link VadStream#next}; {@link
 * #onReady} comes whenever sending became possible again. Called on any thread, one call at a time.
 */
public interface VadListener {
  /** The stream takes audio again. */
  void onReady();

  /** An utterance is in progress. */
  void onStarted(SpeechStarted event);

  /** How far the detector is. */
  void onProgress(VadProgress event);

  /** The clip is complete. */
  void onEnded(SpeechEnded event);

  /** The stream ended as it should after a half-close. The last call. */
  void onCompleted();

  /** The stream was lost or refused. The last call. */
  void onLost(BackendFailure failure);
}
