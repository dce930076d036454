// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * When the audio of one session was due. Somebody who speaks cannot be ahead of time: sample {@code
 * k} (at 16 kHz) was due at the later of its arrival and the start of the session plus its offset,
 * so that a client that sends late does not eat the server's budget, and one that sends ahead is
 * not promised the impossible. The session starts at the arrival of its first audio minus that
 * audio's length. Audio that nobody waits for is due when it arrives. Arrivals are remembered for
 * the last {@value #REMEMBERED_SAMPLES} samples, at a grain of 10 ms, so memory is bounded whatever
 * the size of the messages. For the session's sequence only.
 */
final class AudioClock {
  static final long NANOS_PER_SAMPLE = 62_500;
  static final long REMEMBERED_SAMPLES = 8 * 16_000;
  private static final long GRAIN_SAMPLES = 160;

  /** Audio up to {@code end} had arrived at {@code nanos}. */
  private record Arrival(long start, long end, long nanos) {}

  private final ArrayDeque<Arrival> arrivals = new ArrayDeque<>();
  private final boolean paced;
  private boolean started;
  private long startNanos;
  private long end;

  /**
   * @param paced whether the audio is spoken while it is sent
   */
  AudioClock(boolean paced) {
    this.paced = paced;
  }

  /** A message with so much audio begins; only the first one of a session counts. */
  void begins(long arrivalNanos, long lengthNanos) {
    if (!started) {
      started = true;
      startNanos = arrivalNanos - lengthNanos;
    }
  }

  /** The audio before {@code newEnd} has arrived. */
  void arrived(long newEnd, long arrivalNanos) {
    if (newEnd <= end) {
      return;
    }
    Arrival last = arrivals.peekLast();
    if (last != null && joins(last, newEnd, arrivalNanos)) {
      arrivals.removeLast();
      arrivals.addLast(new Arrival(last.start(), newEnd, arrivalNanos));
    } else {
      arrivals.addLast(new Arrival(end, newEnd, arrivalNanos));
    }
    end = newEnd;
    while (arrivals.size() > 1 && arrivals.getFirst().end() < end - REMEMBERED_SAMPLES) {
      arrivals.removeFirst();
    }
  }

  private static boolean joins(Arrival last, long newEnd, long nanos) {
    return last.nanos() == nanos || newEnd - last.start() <= GRAIN_SAMPLES;
  }

  /** When the audio before {@code sample} was due, on the monotonic clock. */
  long dueNanos(long sample) {
    long byPosition = startNanos + sample * NANOS_PER_SAMPLE;
    Arrival holding = holding(sample);
    if (holding == null) {
      return byPosition;
    }
    return paced ? Math.max(holding.nanos(), byPosition) : holding.nanos();
  }

  /**
   * The arrival that brought the last sample before {@code sample}, or the nearest that is
   * remembered.
   */
  private @Nullable Arrival holding(long sample) {
    for (Arrival arrival : arrivals) {
      if (arrival.end() >= sample) {
        return arrival;
      }
    }
    return arrivals.peekLast();
  }
}
