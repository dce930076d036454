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
 * answers exactly once: when all is decoded, when the time to finish runs out, or when it fails. In
 * the second case it goes on at a low rank and tells the complete result as well, unless it is
 * cancelled or dropped. Made by {@link ActiveClips#open}. All methods may be called by any thread
 * and none of them decodes or waits.
 *
 * <p>It owns its {@link ModelLease} and closes it when it is over and its recognizer is given back.
 */
public final class Clip {
  /** Longest clip. */
  public static final Duration MAX_LENGTH = Duration.ofSeconds(35);

  /** A clip that finishes without a limit waits behind those that must be ready before this. */
  private static final long UNHURRIED_NANOS = Duration.ofSeconds(1).toNanos();

  /** With this much time left, the end of the clip needs no hypothesis to fall back on. */
  private static final long AMPLE_NANOS = Duration.ofMillis(100).toNanos();

  private static final long MAX_BYTES = 2L * Recognizer.SAMPLE_RATE * MAX_LENGTH.toSeconds();

  private final ClipSpec spec;
  private final ModelLease lease;
  private final ActiveClips home;
  private final Scheduler scheduler;
  private final DecodeQueue queue;
  private final ClipTeller teller;
  private final ClipDecoder decoder;
  private final Turn turn = new Turn(this::turn);
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

  /** When the answer is needed. */
  @GuardedBy("lock")
  private long dueNanos;

  @GuardedBy("lock")
  private Scheduler.@Nullable Timer deadline;

  private enum Phase {
    STREAMING,
    FINISHING,
    /** Answered because the time ran out; the complete answer is still to come. */
    LATE,
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
    this.teller = new ClipTeller(sequence, listener, scheduler.nanos());
    this.decoder = new ClipDecoder(spec, lease, scheduler, home.cost());
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
      requireIncomplete();
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
   *     limit, and that the clip is decoded as if it had a second
   * @throws IllegalStateException on a second call
   */
  public void finish(Optional<Duration> within) {
    boolean odd;
    synchronized (lock) {
      requireIncomplete();
      if (phase == Phase.OVER) {
        return;
      }
      odd = audio.receivedBytes() % 2 != 0;
      if (!odd) {
        finishNanos = scheduler.nanos();
        phase = Phase.FINISHING;
        audio.end(finishNanos);
        dueNanos = finishNanos + within.map(Duration::toNanos).orElse(UNHURRIED_NANOS);
        within.ifPresent(limit -> deadline = scheduler.after(limit, this::answerNow));
        rescheduled();
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

  /** Drops the rest of a clip that was answered already, which is then the last that is told. */
  void dropLate() {
    if (isLate() && end() == Phase.LATE) {
      teller.lateResult(Optional.empty());
    }
  }

  /** Whether it was answered before all was decoded and is still decoded. */
  boolean isLate() {
    synchronized (lock) {
      return phase == Phase.LATE;
    }
  }

  /** Whether somebody waits for its answer. */
  boolean isWaitedFor() {
    return spec.priority() == Priority.LIVE && !isLate();
  }

  /** Audio received and not yet decoded, what is in the engine included. */
  long undecodedSamples() {
    synchronized (lock) {
      return phase == Phase.OVER ? 0 : audio.receivedBytes() / 2 - decoder.processedSamples();
    }
  }

  /** Processor time over audio time of late; empty before enough audio to tell. */
  Optional<Double> realTimeFactor() {
    return decoder.realTimeFactor();
  }

  /** Says where decoding is, if audio waits; for clips whose turn does not come. */
  void beat() {
    teller.beat(decoder.processedSamples(), scheduler.nanos(), waitingSamples() > 0);
  }

  private long waitingSamples() {
    synchronized (lock) {
      return audio.waitingSamples();
    }
  }

  /**
   * What a turn is to do.
   *
   * @param last nothing is left after the block
   * @param makesRoom with the block taken, more audio may be asked for
   */
  private record Step(
      ClipAudio.@Nullable Block block, boolean last, boolean makesRoom, ClipDecoder.Text text) {}

  private void turn() {
    Step step = nextStep();
    try {
      if (step == null) {
        decoder.abandon();
      } else {
        perform(step);
      }
    } catch (RuntimeException | Error e) {
      decoder.destroy();
      fail(e instanceof RuntimeException r ? r : new RecognizerException("decoding failed", e));
    }
    afterTurn();
  }

  /** Null if the clip is over. */
  private @Nullable Step nextStep() {
    synchronized (lock) {
      if (phase == Phase.OVER) {
        return null;
      }
      boolean full = audio.waitingSamples() >= home.maxBacklogSamples();
      ClipAudio.Block block = audio.poll();
      boolean makesRoom = full && audio.waitingSamples() < home.maxBacklogSamples();
      boolean last = phase != Phase.STREAMING && !audio.hasBlock();
      return new Step(block, last, makesRoom, wantedText(last));
    }
  }

  @GuardedBy("lock")
  private ClipDecoder.Text wantedText(boolean last) {
    if (phase == Phase.LATE) {
      return ClipDecoder.Text.UNWANTED;
    }
    if (deadline == null) {
      return ClipDecoder.Text.PACED;
    }
    boolean ample = last && dueNanos - scheduler.nanos() > AMPLE_NANOS;
    return ample ? ClipDecoder.Text.UNWANTED : ClipDecoder.Text.URGENT;
  }

  private void perform(Step step) {
    if (step.block() != null) {
      decoder.decode(step.block(), step.text()).ifPresent(teller::hypothesis);
      teller.decoded(decoder.processedSamples(), scheduler.nanos(), step.makesRoom());
    }
    if (step.last()) {
      ClipDecoder.Outcome outcome = decoder.finish();
      completed(result(outcome.recognition(), true, outcome.rejected()));
    }
  }

  private void completed(ClipResult result) {
    Phase from = end();
    if (from == Phase.OVER) {
      return;
    }
    home.finished(result.statistics(), result.processedSamples());
    if (from == Phase.LATE) {
      teller.lateResult(Optional.of(result));
    } else {
      teller.result(result);
    }
  }

  /** The time to finish has run out: called by the timer, perhaps while a turn runs. */
  private void answerNow() {
    Hypothesis best = decoder.latest();
    Alternative text = new Alternative(best.transcript(), List.of(), OptionalDouble.empty());
    ClipResult result = result(new Recognition(List.of(text)), false, false);
    boolean goOn = home.hasRoomForLate();
    synchronized (lock) {
      if (phase != Phase.FINISHING) {
        return;
      }
      phase = Phase.LATE;
      deadline = null;
      rescheduled();
    }
    teller.earlyResult(result);
    if (!goOn) {
      dropLate();
    }
  }

  private ClipResult result(Recognition recognition, boolean complete, boolean rejected) {
    long samples = decoder.processedSamples();
    long started;
    synchronized (lock) {
      started = finishNanos;
    }
    DecodeStatistics statistics =
        new DecodeStatistics(
            Duration.ofNanos(decoder.decodeNanos()),
            Duration.ofNanos(decoder.maxQueueNanos()),
            Duration.ofNanos(scheduler.nanos() - started),
            DecodeStatistics.realTimeFactor(decoder.costNanos(), samples));
    return new ClipResult(recognition, complete, rejected, samples, statistics);
  }

  private void fail(RuntimeException failure) {
    Phase from = end();
    if (from == Phase.LATE) {
      teller.lateFailure(failure);
    } else if (from != Phase.OVER) {
      teller.failure(failure);
    }
  }

  /** The single way to be over; gives the phase before, which is OVER for all calls but one. */
  private Phase end() {
    Phase from;
    Scheduler.Timer timer;
    synchronized (lock) {
      from = phase;
      if (from == Phase.OVER) {
        return from;
      }
      phase = Phase.OVER;
      audio.clear();
      timer = deadline;
      deadline = null;
      rescheduled();
    }
    if (timer != null) {
      timer.cancel();
    }
    settle();
    return from;
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
  private void requireIncomplete() {
    if (phase == Phase.FINISHING || phase == Phase.LATE) {
      throw new IllegalStateException("the clip is complete");
    }
  }

  /** The phase has changed, and with it what a turn is needed for and how urgent it is. */
  @GuardedBy("lock")
  private void rescheduled() {
    if (scheduled) {
      queue.move(turn, rank(), rankedNanos());
    } else {
      scheduleIfNeeded();
    }
  }

  @GuardedBy("lock")
  private void scheduleIfNeeded() {
    if (!scheduled && needsTurn()) {
      scheduled = true;
      queue.submit(turn, rank(), rankedNanos());
    }
  }

  @GuardedBy("lock")
  private boolean needsTurn() {
    return switch (phase) {
      case STREAMING -> audio.hasBlock();
      case FINISHING, LATE -> true;
      // Read between turns only, when no thread has it.
      case OVER -> decoder.holdsRecognizer();
    };
  }

  @GuardedBy("lock")
  private DecodeRank rank() {
    boolean live = spec.priority() == Priority.LIVE;
    return switch (phase) {
      case STREAMING -> live ? DecodeRank.LIVE : DecodeRank.BATCH;
      case FINISHING -> live ? DecodeRank.LIVE_FINISHING : DecodeRank.BATCH_FINISHING;
      case LATE -> DecodeRank.LATE;
      case OVER -> DecodeRank.RELEASING;
    };
  }

  /** Orders the clips of one rank; those that are equal take turns. */
  @GuardedBy("lock")
  private long rankedNanos() {
    return switch (rank()) {
      case LIVE_FINISHING -> dueNanos;
      case LIVE -> audio.oldestNanos(finishNanos);
      case LATE -> finishNanos;
      case RELEASING, BATCH_FINISHING, BATCH -> 0;
    };
  }
}
