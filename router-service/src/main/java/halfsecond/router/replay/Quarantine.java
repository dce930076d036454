// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.replay;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.google.protobuf.ByteString;
import halfsecond.common.concurrent.Ticker;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;

/**
 * Audio that took two backends with it is not given to a third: the SHA-256 of its first second is
 * remembered for a while. Fingerprints only, never audio; at most so many, the oldest goes first.
 * Safe for use by any thread.
 */
public final class Quarantine {
  /** What a fingerprint is taken of: the first second of a clip, or all of a shorter one. */
  public static final int SAMPLES = 16_000;

  private record Entry(ByteString fingerprint, long untilNanos) {}

  private final Object lock = new Object();
  private final Ticker ticker;
  private final long keepNanos;
  private final int most;

  @GuardedBy("lock")
  private final ArrayDeque<Entry> entries = new ArrayDeque<>();

  @GuardedBy("lock")
  private final Set<ByteString> known = new HashSet<>();

  private volatile boolean empty = true;

  /** Keeps each fingerprint so long and at most so many. */
  public Quarantine(Ticker ticker, Duration keep, int most) {
    this.ticker = ticker;
    this.keepNanos = keep.toNanos();
    this.most = most;
  }

  /** Whether nothing has to be checked, which is the normal case. Cheap. */
  public boolean isEmpty() {
    if (empty) {
      return true;
    }
    synchronized (lock) {
      expire();
      return empty;
    }
  }

  /**
   * Remembers a clip.
   *
   * @param beginning its first {@value #SAMPLES} samples, or all of a shorter clip
   */
  public void add(ByteString beginning) {
    ByteString fingerprint = fingerprint(beginning);
    synchronized (lock) {
      expire();
      if (known.add(fingerprint)) {
        if (entries.size() == most) {
          known.remove(entries.removeFirst().fingerprint());
        }
        entries.addLast(new Entry(fingerprint, ticker.nanos() + keepNanos));
        empty = false;
      }
    }
  }

  /** Whether a clip that begins like this is quarantined; {@code beginning} as for {@link #add}. */
  public boolean holds(ByteString beginning) {
    if (isEmpty()) {
      return false;
    }
    ByteString fingerprint = fingerprint(beginning);
    synchronized (lock) {
      return known.contains(fingerprint);
    }
  }

  @GuardedBy("lock")
  private void expire() {
    while (!entries.isEmpty() && ticker.nanos() - entries.getFirst().untilNanos() >= 0) {
      known.remove(entries.removeFirst().fingerprint());
    }
    empty = entries.isEmpty();
  }

  private static ByteString fingerprint(ByteString beginning) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(beginning.asReadOnlyByteBuffer());
      return ByteString.copyFrom(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
