// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import halfsecond.common.concurrent.Scheduler;
import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One clip on its way: takes audio, has it decoded block by block on the decode threads, and
 * answers exactly once: when all is decoded, when the time to finish runs out, or when it fails.
 * Made by {@link ActiveClips#open}. All methods may be called by any thread and none of them
 * decodes or waits.
 *
 * <p>It owns its {@link ModelLease} and closes it when it is over and its recognizer is given back.
 */
public final class Clip {
  /** Longest clip. */
  public static final Duration MAX_LENGTH = Duration.ofSeconds(35);

  private static final long MAX_BYTES = 2L * Recognizer.SAMPLE_RATE * MAX_LENGTH.toSeconds();

  private final ClipSpec spec;
  private final ModelLease lease;
  private final ActiveClips home;
  private final Scheduler scheduler;
  private final DecodeQueue queue;
  private final ClipTeller teller;
  private final ClipDecoder decoder;
  private final Runnable turn = this::turn;
  private final Object lock = new Object();

  @GuardedBy("lock")
  private final ClipAudio audio = new ClipAudio();

  @GuardedBy("lock")
  private Phase phase = Phase.STREAMING;

  /** A turn waits for a thread or runs. */
  @GuardedBy("lock")
  private boolean scheduled;

  @GuardedBy("lock")
  private boolean settled;

  @GuardedBy("lock")
  private long finishNanos;

  @GuardedBy("lock")
  private Scheduler.@Nullable Timer deadline;

  private enum Phase {
    STREAMING,
    FINISHING,
    /** Answered, failed or cancelled; only the recognizer is still to be given back. */
    OVER
  }

  Clip(
      ClipSpec spec, ModelLease lease, ActiveClips home, Executor sequence, ClipListener listener) {
    this.spec = spec;
    this.lease = lease;
    this.home = home;
    this.scheduler = home.scheduler();
    this.queue = home.queue();
    this.teller = new ClipTeller(sequence, listener);
    this.decoder = new ClipDecoder(spec, lease, scheduler);
  }

  /**
   * Takes the next audio, 16-bit little-endian mono samples at 16 kHz; a sample may be split
   * between calls. Copies what it takes. A clip that gets too long fails with {@code
   * UTTERANCE_TOO_LONG}. Ignored once the clip is over.
   *
   * @throws IllegalStateException after {@link #finish}
   */
  public void audio(ByteBuffer bytes) {
    boolean tooLong;
    synchronized (lock) {
      if (phase == Phase.FINISHING) {
        throw new IllegalStateException("the clip is complete");
      }
      if (phase == Phase.OVER) {
        return;
      }
      tooLong = audio.receivedBytes() + bytes.remaining() > MAX_BYTES;
      if (!tooLong) {
        audio.add(bytes, scheduler.nanos());
        scheduleIfNeeded();
      }
    }
    if (tooLong) {
      fail(
          new SpeechException(
              Reason.UTTERANCE_TOO_LONG,
              "a clip is at most " + MAX_LENGTH.toSeconds() + " s long"));
    }
  }

  /** Whether more audio should be asked for: less waits than {@link ActiveClips} allows a clip. */
  public boolean hasRoom() {
    return waitingSamples() < home.maxBacklogSamples();
  }

  /**
   * The clip is complete. Fails with {@code AUDIO_INVALID} if it ends in the middle of a sample.
   * Ignored once the clip is over.
   *
   * @param within time until an answer is needed, with what is decoded by then; empty means no
   *     limit
   * @throws IllegalStateException on a second call
   */
  public void finish(Optional<Duration> within) {
    boolean odd;
    synchronized (lock) {
      if (phase == Phase.FINISHING) {
        throw new IllegalStateException("the clip is complete already");
      }
      if (phase == Phase.OVER) {
        return;
      }
      odd = audio.receivedBytes() % 2 != 0;
      if (!odd) {
        finishNanos = scheduler.nanos();
        phase = Phase.FINISHING;
        audio.end(finishNanos);
        within.ifPresent(limit -> deadline = scheduler.after(limit, this::answerNow));
        scheduleIfNeeded();
        queue.promote(turn, rank());
      }
    }
    if (odd) {
      fail(new SpeechException(Reason.AUDIO_INVALID, "the clip ends in the middle of a sample"));
    }
  }

  /** Gives the clip up; what is being decoded is dropped after the current block. */
  public void cancel() {
    end();
  }

  /** Audio received and not yet decoded. */
  long waitingSamples() {
    synchronized (lock) {
      return audio.waitingSamples();
    }
  }

  /** Decode time over audio time so far; empty before enough audio to tell. */
  Optional<Double> realTimeFactor() {
    long samples = decoder.processedSamples();
    return samples < Recognizer.SAMPLE_RATE / 2
        ? Optional.empty()
        : Optional.of(realTimeFactor(decoder.decodeNanos(), samples));
  }

  /** Says where decoding is, if audio waits; for clips whose turn does not come. */
  void beat() {
    if (waitingSamples() > 0) {
      teller.progress(decoder.processedSamples());
    }
  }

  private void turn() {
    ClipAudio.Block block = null;
    boolean last = false;
    boolean over;
    boolean urgent;
    synchronized (lock) {
      over = phase == Phase.OVER;
      urgent = deadline != null;
      if (!over) {
        block = audio.poll();
        last = phase == Phase.FINISHING && !audio.hasBlock();
      }
    }
    try {
      if (over) {
        decoder.abandon();
      } else {
        step(block, last, urgent);
      }
    } catch (RuntimeException | Error e) {
      decoder.destroy();
      fail(e instanceof RuntimeException r ? r : new RecognizerException("decoding failed", e));
    }
    afterTurn();
  }

  private void step(ClipAudio.@Nullable Block block, boolean last, boolean urgent) {
    if (block != null) {
      decoder.decode(block, urgent).ifPresent(teller::hypothesis);
      teller.progress(decoder.processedSamples());
    }
    if (last) {
      ClipDecoder.Outcome outcome = decoder.finish();
      answer(outcome.recognition(), true, outcome.rejected());
    }
  }

  /** The time to finish has run out: called by the timer, perhaps while a turn runs. */
  private void answerNow() {
    Hypothesis best = decoder.latest();
    Alternative text = new Alternative(best.transcript(), List.of(), OptionalDouble.empty());
    answer(new Recognition(List.of(text)), false, false);
  }

  private void answer(Recognition recognition, boolean complete, boolean rejected) {
    long samples = decoder.processedSamples();
    long decodeNanos = decoder.decodeNanos();
    long started;
    synchronized (lock) {
      started = finishNanos;
    }
    DecodeStatistics statistics =
        new DecodeStatistics(
            Duration.ofNanos(decodeNanos),
            Duration.ofNanos(decoder.maxQueueNanos()),
            Duration.ofNanos(scheduler.nanos() - started),
            realTimeFactor(decodeNanos, samples));
    ClipResult result = new ClipResult(recognition, complete, rejected, samples, statistics);
    if (end()) {
      home.finished(statistics, samples);
      teller.result(result);
    }
  }

  private void fail(RuntimeException failure) {
    if (end()) {
      teller.failure(failure);
    }
  }

  /** The single way to be over; true for the one call that made it so. */
  private boolean end() {
    Scheduler.Timer timer;
    synchronized (lock) {
      if (phase == Phase.OVER) {
        return false;
      }
      phase = Phase.OVER;
      audio.clear();
      timer = deadline;
      deadline = null;
      if (scheduled) {
        queue.promote(turn, DecodeRank.RELEASING);
      } else {
        scheduleIfNeeded();
      }
    }
    if (timer != null) {
      timer.cancel();
    }
    settle();
    return true;
  }

  private void afterTurn() {
    synchronized (lock) {
      scheduled = false;
      scheduleIfNeeded();
    }
    settle();
  }

  /** Gives the lease back, once, when nothing is left to do. */
  private void settle() {
    synchronized (lock) {
      if (phase != Phase.OVER || scheduled || settled) {
        return;
      }
      settled = true;
    }
    lease.close();
    home.left(this);
  }

  @GuardedBy("lock")
  private void scheduleIfNeeded() {
    if (!scheduled && needsTurn()) {
      scheduled = true;
      queue.submit(turn, rank());
    }
  }

  @GuardedBy("lock")
  private boolean needsTurn() {
    return switch (phase) {
      case STREAMING -> audio.hasBlock();
      case FINISHING -> true;
      // Read between turns only, when no thread has it.
      case OVER -> decoder.holdsRecognizer();
    };
  }

  @GuardedBy("lock")
  private DecodeRank rank() {
    return phase == Phase.OVER
        ? DecodeRank.RELEASING
        : DecodeRank.of(spec.priority(), phase == Phase.FINISHING);
  }

  private static double realTimeFactor(long decodeNanos, long samples) {
    return samples == 0 ? 0 : decodeNanos * 1e-9 * Recognizer.SAMPLE_RATE / samples;
  }
}
