// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.rpc;

import java.util.OptionalLong;

/**
 * How long one stream's replica takes, by marks: a chunk is marked when it is sent, and once it is
 * decoded the next one is. One thread sends, one thread receives, and anybody asks what is due; the
 * mark belongs to the sender while it is 0 and to the receiver while it is not.
 */
final class StreamPace {
  private static final long NONE = 0;

  /** Of the sending thread. */
  private long sentSamples;

  private volatile long markedNanos;
  private volatile long markedSamples;
  private volatile long finishNanos;
  private volatile boolean finishing;
  private volatile boolean answered;

  /** So many samples are sent now. */
  void sent(int samples, long nowNanos) {
    sentSamples += samples;
    if (markedSamples == NONE && sentSamples > 0) {
      markedNanos = nowNanos;
      markedSamples = sentSamples;
    }
  }

  /** So much of the clip has been decoded; the time that the marked chunk took, if it is done. */
  OptionalLong decoded(long processedSamples, long nowNanos) {
    long marked = markedSamples;
    if (marked == NONE || processedSamples < marked) {
      return OptionalLong.empty();
    }
    long taken = nowNanos - markedNanos;
    markedSamples = NONE;
    return OptionalLong.of(taken);
  }

  /** The final is asked for now. */
  void finishing(long nowNanos) {
    finishNanos = nowNanos;
    finishing = true;
  }

  /** An answer is here; the time that it took, for the first one that was asked for. */
  OptionalLong answered(long nowNanos) {
    boolean first = !answered;
    answered = true;
    return first && finishing ? OptionalLong.of(nowNanos - finishNanos) : OptionalLong.empty();
  }

  /** How long the marked chunk has been waited for, or 0. */
  long progressDue(long nowNanos) {
    return markedSamples == NONE || answered ? 0 : Math.max(0, nowNanos - markedNanos);
  }

  /** How long the answer has been waited for, or 0. */
  long finalDue(long nowNanos) {
    return finishing && !answered ? Math.max(0, nowNanos - finishNanos) : 0;
  }
}
