// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

/**
 * Hears what becomes of a clip. Called in the clip's sequence (the executor it was made with), in
 * order. Exactly one of {@link #onResult} and {@link #onFailure} comes, and nothing after it; after
 * a cancellation neither may come.
 */
public interface ClipListener {
  /** Audio was decoded, so there may be room for more. */
  void onProgress(long processedSamples);

  /** The text changed. */
  void onHypothesis(Hypothesis hypothesis);

  /** The answer. */
  void onResult(ClipResult result);

  /** The engine failed, or the clip broke a limit. */
  void onFailure(RuntimeException failure);
}
