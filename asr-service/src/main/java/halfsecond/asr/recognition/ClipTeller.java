// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tells the listener in the clip's sequence, and nothing after the last word. Progress that was not
 * told yet is replaced by newer progress.
 */
final class ClipTeller {
  private static final long NOTHING = -1;

  private final Executor sequence;
  private final ClipListener listener;
  private final AtomicLong progress = new AtomicLong(NOTHING);

  // Touched in the sequence only.
  private boolean done;

  ClipTeller(Executor sequence, ClipListener listener) {
    this.sequence = sequence;
    this.listener = listener;
  }

  void progress(long processedSamples) {
    if (progress.getAndSet(processedSamples) == NOTHING) {
      sequence.execute(
          () -> {
            long newest = progress.getAndSet(NOTHING);
            if (!done) {
              listener.onProgress(newest);
            }
          });
    }
  }

  void hypothesis(Hypothesis hypothesis) {
    sequence.execute(
        () -> {
          if (!done) {
            listener.onHypothesis(hypothesis);
          }
        });
  }

  void result(ClipResult result) {
    last(() -> listener.onResult(result));
  }

  void failure(RuntimeException failure) {
    last(() -> listener.onFailure(failure));
  }

  private void last(Runnable word) {
    sequence.execute(
        () -> {
          if (!done) {
            done = true;
            word.run();
          }
        });
  }
}
