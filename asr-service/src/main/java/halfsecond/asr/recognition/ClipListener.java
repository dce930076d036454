// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

import java.util.Optional;

/**
 * Hears what becomes of a clip. Called in the clip's sequence (the executor it was made with), in
 * order. Either {@link #onResult} comes, once, or {@link #onFailure}. An incomplete result is
 * followed by exactly one {@link #onLateResult} or {@link #onFailure}. Nothing else comes after a
 * result, and after a cancellation none of this may come.
 */
public interface ClipListener {
  /** Audio was decoded, so there may be room for more. Not for every block. */
  void onProgress(long processedSamples);

  /** The text changed. */
  void onHypothesis(Hypothesis hypothesis);

  /** The answer. */
  void onResult(ClipResult result);

  /**
   * After an incomplete result: the complete one, for the record.
   *
   * @param result empty if the rest was dropped because other clips need the threads
   */
  void onLateResult(Optional<ClipResult> result);

  /** The engine failed, or the clip broke a limit. */
  void onFailure(RuntimeException failure);
}
