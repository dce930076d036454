// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Tells the listener in the clip's sequence, and nothing after the last word. Progress that was not
 * told yet is replaced by newer progress.
 */
final class ClipTeller {
  private static final long NOTHING = -1;

  /** Progress is told at most this often, unless there is room for more audio again. */
  private static final long MIN_PROGRESS_NANOS = Duration.ofMillis(50).toNanos();

  private final Executor sequence;
  private final ClipListener listener;
  private final AtomicLong progress = new AtomicLong(NOTHING);

  private volatile long toldNanos;

  /** Audio was decoded since progress was told. */
  private volatile boolean untold;

  // All below is touched in the sequence only.
  private boolean answered;
  private boolean ended;

  /** A last word that overtook the early answer, which another thread is about to tell. */
  private @Nullable Runnable waiting;

  ClipTeller(Executor sequence, ClipListener listener, long nowNanos) {
    this.sequence = sequence;
    this.listener = listener;
    this.toldNanos = nowNanos - MIN_PROGRESS_NANOS;
  }

  /**
   * A block was decoded, which is told now or by the next {@link #beat}.
   *
   * @param atOnce the listener waits for it
   */
  void decoded(long processedSamples, long nowNanos, boolean atOnce) {
    if (atOnce || nowNanos - toldNanos >= MIN_PROGRESS_NANOS) {
      progress(processedSamples, nowNanos);
    } else {
      untold = true;
    }
  }

  /** Comes every now and then, so that nothing stays untold. */
  void beat(long processedSamples, long nowNanos, boolean audioWaits) {
    if (audioWaits || untold) {
      progress(processedSamples, nowNanos);
    }
  }

  void hypothesis(Hypothesis hypothesis) {
    sequence.execute(
        () -> {
          if (!answered) {
            listener.onHypothesis(hypothesis);
          }
        });
  }

  /** The answer, if it is the last word. */
  void result(ClipResult result) {
    sequence.execute(() -> last(() -> listener.onResult(result)));
  }

  /** The answer, if another word follows. */
  void earlyResult(ClipResult result) {
    sequence.execute(
        () -> {
          answered = true;
          listener.onResult(result);
          if (waiting != null) {
            last(waiting);
          }
        });
  }

  /** The word after an early result, whichever of the two is told here first. */
  void lateResult(Optional<ClipResult> result) {
    afterEarlyResult(() -> listener.onLateResult(result));
  }

  /** Failed after an early result. */
  void lateFailure(RuntimeException failure) {
    afterEarlyResult(() -> listener.onFailure(failure));
  }

  void failure(RuntimeException failure) {
    sequence.execute(() -> last(() -> listener.onFailure(failure)));
  }

  private void progress(long processedSamples, long nowNanos) {
    untold = false;
    toldNanos = nowNanos;
    if (progress.getAndSet(processedSamples) == NOTHING) {
      sequence.execute(
          () -> {
            long newest = progress.getAndSet(NOTHING);
            if (!answered) {
              listener.onProgress(newest);
            }
          });
    }
  }

  private void afterEarlyResult(Runnable word) {
    sequence.execute(
        () -> {
          if (answered) {
            last(word);
          } else {
            waiting = word;
          }
        });
  }

  private void last(Runnable word) {
    answered = true;
    if (!ended) {
      ended = true;
      word.run();
    }
  }
}
