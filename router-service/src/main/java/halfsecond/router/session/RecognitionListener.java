// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

/**
 * What recognition reports about one clip. Every event but the last waits for {@link
 * RecognitionStream#next}; {@link #onReady} comes whenever sending became possible again. Called on
 * any thread, one call at a time.
 */
public interface RecognitionListener {
  /** The stream takes audio again. */
  void onReady();

  /**
   * A sign of life: so much of the clip has been decoded, perhaps no more than before.
   *
   * @param processedSamples of the clip, from its start
   */
  void onProgress(long processedSamples);

  /**
   * The backend is far slower than the others: whether the clip may be taken from it. Asked before
   * such a clip is given up; {@link #onLost} with {@link BackendFailure#slow} follows when it may.
   * Each consent takes from what may be replayed for slowness, so it is to be used.
   */
  boolean maySwitch();

  /** The text so far. */
  void onHypothesis(Hypothesis hypothesis);

  /**
   * The answer. One that is not {@link FinalHypothesis#complete} may be followed by one more, the
   * late answer, which is.
   */
  void onFinal(FinalHypothesis answer);

  /** The stream ended; after an answer that is how it should be. The last call. */
  void onCompleted();

  /** The stream was lost or refused. The last call. */
  void onLost(BackendFailure failure);
}
