// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.drive;

import java.time.Duration;

/**
 * How queries are spoken.
 *
 * @param chunk audio of one message
 * @param endpointing what a client waits after the end of speech where the server cannot find it;
 *     the same 200 ms that a server waits to be sure
 * @param patience after the end of speech; where the server finds the end, the microphone stays
 *     open for so long without an answer
 * @param giveUp after the end of speech: the query is unanswered then
 * @param threads that send
 */
public record DriveSettings(
    Duration chunk, Duration endpointing, Duration patience, Duration giveUp, int threads) {
  /** One sixteenth of a millisecond. */
  private static final long SAMPLE_NANOS = 62_500;

  public DriveSettings {
    long nanos = chunk.toNanos();
    if (nanos < 1_000_000 || nanos > 1_000_000_000 || nanos % SAMPLE_NANOS != 0) {
      throw new IllegalArgumentException("a chunk is 1 to 1000 ms, whole samples: " + chunk);
    }
    if (endpointing.isNegative() || endpointing.compareTo(patience) > 0) {
      throw new IllegalArgumentException("the endpointing wait is 0 to " + patience);
    }
    if (patience.compareTo(giveUp) > 0) {
      throw new IllegalArgumentException("patience ends before giving up");
    }
    if (threads < 1) {
      throw new IllegalArgumentException("somebody must send");
    }
  }

  /** 20 ms chunks, 200 ms endpointing, 2 s of silence, 15 s in all. */
  public static DriveSettings defaults() {
    int threads = Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors() / 2));
    return new DriveSettings(
        Duration.ofMillis(20),
        Duration.ofMillis(200),
        Duration.ofSeconds(2),
        Duration.ofSeconds(15),
        threads);
  }

  /** The same with other chunks and another endpointing wait. */
  public DriveSettings with(Duration otherChunk, Duration otherEndpointing) {
    return new DriveSettings(otherChunk, otherEndpointing, patience, giveUp, threads);
  }
}
