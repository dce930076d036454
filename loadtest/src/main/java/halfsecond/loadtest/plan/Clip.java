// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.plan;

import org.jspecify.annotations.Nullable;

/** An utterance on its way. Times are nanoseconds of virtual time. */
final class Clip {
  final long start;
  final long length;

  /** The machine whose router holds the stream. */
  final int door;

  @Nullable Replica replica;

  /** Its index in the replica's list. */
  int place;

  /** Audio that came in. */
  long arrived;

  /** Audio that waits to be decoded. */
  long pending;

  /** The end of speech is known, so that what is left to do is urgent. */
  boolean ended;

  /** On a core now. */
  boolean running;

  /** Waits in the replica's queue, and whether as an urgent one. */
  boolean queued;

  boolean queuedAsEnded;

  /** Counts queueings, so that an older entry is known to be void. */
  int turn;

  /** Counts replicas, so that work done by a lost one is known to be void. */
  int attempt;

  boolean gone;

  Clip(long start, long length, int door) {
    this.start = start;
    this.length = length;
    this.door = door;
  }

  long speechEnd() {
    return start + length;
  }

  boolean hasWork() {
    return pending > 0 || ended;
  }
}
