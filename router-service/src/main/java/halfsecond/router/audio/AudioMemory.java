// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.audio;

import java.util.concurrent.atomic.AtomicLong;

/** What the rings of all sessions take together. Safe for use by any thread. */
public final class AudioMemory {
  private final long capBytes;
  private final AtomicLong usedBytes = new AtomicLong();

  /** Full from so many bytes on; rings that exist may grow beyond that. */
  public AudioMemory(long capBytes) {
    this.capBytes = capBytes;
  }

  /** Bytes that are allocated. */
  public long usedBytes() {
    return usedBytes.get();
  }

  /** Whether no new ring should be begun. */
  public boolean isFull() {
    return usedBytes.get() >= capBytes;
  }

  void changed(long bytes) {
    usedBytes.addAndGet(bytes);
  }
}
