// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import halfsecond.common.concurrent.Scheduler.Timer;
import halfsecond.common.error.Reason;
import halfsecond.router.model.ModelChoice;
import halfsecond.router.replay.Replays;
import halfsecond.router.utterance.ReplayCause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The way of one clip to recognition: at most {@value #MOST} attempts that got its audio, one at a
 * time; a backend that drained says nothing against the audio and is not counted. An attempt whose
 * backend is lost, drains, hangs or is slow is given up, and the clip is sent again from its start
 * to another backend. The last attempt is not given up for being silent: nobody would be left to
 * answer. One that was turned away or found no backend is no attempt at the audio; it is repeated
 * every {@value #RETRY_MILLIS} ms within {@link #untilNanos}. For the session's sequence only.
 */
final class Attempts {
  static final int MOST = 2;
  static final int RETRY_MILLIS = 50;

  /** What a record can say. */
  private static final int MOST_TOLD = 10;

  /** Recognition decodes blocks of 100 ms: less than one need not be decoded before the end. */
  private static final int BLOCK_SAMPLES = 1_600;

  /** Silence at the deadline that is taken for a hang rather than for slowness. */
  private static final Duration SILENT_AT_DEADLINE = Duration.ofMillis(250);

  private final SessionScope scope;
  private final Utterance utterance;
  private final ModelChoice choice;
  private final Clip clip;
  private final UtteranceTrace trace;
  private final AnswerFence fence;
  private final UtteranceProgress progress;
  private final HangWatch watch;
  private final Replays replays;
  private final Set<String> failed = new HashSet<>(2);
  private final List<ReplayCause> losses = new ArrayList<>(MOST);
  private @Nullable Attempt current;
  private @Nullable Timer retry;
  private @Nullable BackendFailure failure;
  private long firstLossNanos;
  private boolean relaxed;
  private boolean exhausted;

  Attempts(
      SessionScope scope,
      Utterance utterance,
      ModelChoice choice,
      Clip clip,
      UtteranceTrace trace,
      AnswerFence fence,
      UtteranceProgress progress) {
    this.scope = scope;
    this.utterance = utterance;
    this.choice = choice;
    this.clip = clip;
    this.trace = trace;
    this.fence = fence;
    this.progress = progress;
    this.replays = scope.services().replays();
    this.watch =
        new HangWatch(
            scope.services().scheduler(),
            scope.sequence(),
            replays.limits().hangAfter(),
            this::hung);
  }

  /** Begins an attempt. */
  void open() {
    int number = fence.nextAttempt();
    relaxed |= number > 1 && progress.end != null;
    boolean last = last();
    BooleanSupplier maySwitch = () -> !last && replays.retries().take();
    Attempt attempt = new Attempt(scope.strand(), number, utterance, maySwitch);
    clip.rewind();
    attempt.opened(scope.services().recognition().open(request(number), trace.context(), attempt));
    current = attempt;
    forward();
  }

  private ClipRequest request(int number) {
    return new ClipRequest(
        choice.version(),
        utterance.id(),
        number,
        scope.config().recognition(),
        scope.config().trafficClass(),
        failed);
  }

  /** Sends what recognition takes of what is acknowledged, then tells it to finish. */
  void forward() {
    Attempt to = current;
    if (to == null || to.told || fence.answered()) {
      return;
    }
    while (clip.pending() > 0 && to.stream().isReady()) {
      to.stream().audio(clip.next());
      to.fed = true;
    }
    if (clip.done()) {
      finish(to, utterance.timeLeft());
    }
    watch.owes(owes(to));
  }

  private void finish(Attempt to, Optional<Duration> within) {
    to.told = true;
    to.stream().finish(within);
    routed();
  }

  /** Recognition knows that the clip is complete, or will not be told any more. */
  private void routed() {
    if (!progress.finished) {
      progress.finished = true;
      progress.finishedNanos = scope.now();
      trace.routed(progress.finishedNanos);
    }
  }

  private boolean owes(Attempt to) {
    boolean stuck = !to.fed && clip.pending() > 0;
    return to.told || stuck || clip.sent() - to.processed >= BLOCK_SAMPLES;
  }

  /** The current attempt's backend is alive and has come so far. */
  void alive(long processedSamples) {
    Attempt from = current;
    if (from != null) {
      from.heard = true;
      from.processed = Math.max(from.processed, processedSamples);
      watch.sign();
      forward();
    }
  }

  /** Allows one more event of the current attempt. */
  void more() {
    if (current != null) {
      current.stream().next();
    }
  }

  /** Whether the current attempt was told that the clip is complete. */
  boolean told() {
    return current != null && current.told;
  }

  /** Whether an attempt is underway. */
  boolean underway() {
    return current != null;
  }

  /** Names the backend of the current attempt; empty when there is none. */
  String backend() {
    return current == null ? "" : current.stream().backend();
  }

  /** How often recognition was tried. */
  int tried() {
    boolean opened = current != null || failure != null;
    return opened ? losses.size() + (exhausted ? 0 : 1) : 0;
  }

  /** Why the last attempt failed, when one did. */
  BackendFailure failure() {
    return failure == null ? BackendFailure.LOST : failure;
  }

  /**
   * Whether the answer may take until {@link #untilNanos}, because the clip is, or has to be, sent
   * again.
   */
  boolean relaxed() {
    return relaxed || current == null;
  }

  /**
   * When a replayed utterance has to be answered; only after the end of its speech. Never before
   * the budget of the session, which may be longer than what a replay is given.
   */
  long untilNanos() {
    long from = progress.endOfSpeechNanos;
    long due = from + scope.config().budget().orElse(Duration.ZERO).toNanos();
    if (failure != null && firstLossNanos - from > 0) {
      from = firstLossNanos;
    }
    return Math.max(due, from + replays.limits().finalWithin().toNanos());
  }

  /**
   * At the deadline: gives up an attempt that looks hung, if there may be another one; true if so.
   */
  boolean givenUpAsHung() {
    boolean hangs = !last() && watch.silentFor(SILENT_AT_DEADLINE);
    if (hangs) {
      hung();
    }
    return hangs;
  }

  private void hung() {
    if (!last()) {
      abandon(BackendFailure.hung());
    }
  }

  /** Whether a loss of the current attempt would be the last one that is allowed. */
  private boolean last() {
    return counted() >= MOST - 1;
  }

  private long counted() {
    return losses.stream().filter(cause -> cause != ReplayCause.DRAINING).count();
  }

  /** The current attempt's backend does not do its part. */
  void abandon(BackendFailure why) {
    if (current != null && !fence.answered()) {
      current.abandon(why.cause());
      lost(current.number(), why);
    }
  }

  /** An attempt ended without its answer. */
  void lost(int number, BackendFailure why) {
    Attempt dead = current;
    if (dead == null || !fence.admits(number)) {
      return;
    }
    current = null;
    fence.giveUp();
    watch.stop();
    if (why.blamesClient()) {
      failure = why;
      utterance.refused(why);
      return;
    }
    firstLossNanos = failure == null ? scope.now() : firstLossNanos;
    failure = why;
    boolean elsewhere = !dead.stream().backend().isEmpty() && failed.add(dead.stream().backend());
    if (gotAudio(dead, why)) {
      replay(why.cause());
    } else if (why.reason() == Reason.SATURATED && !replays.retries().take()) {
      utterance.refused(why);
    } else if (elsewhere) {
      open();
    } else {
      retryLater();
    }
  }

  /**
   * Whether the backend may have worked on the audio. One that was lost with audio on its way
   * counts even if it never said anything: the audio may be why.
   */
  private static boolean gotAudio(Attempt dead, BackendFailure why) {
    boolean absent = why.reason() == Reason.BACKEND_UNAVAILABLE && !dead.fed;
    return dead.heard || !(why.turnedAway() || absent);
  }

  private void replay(ReplayCause cause) {
    losses.add(cause);
    exhausted = counted() >= MOST || losses.size() >= MOST_TOLD;
    if (exhausted) {
      utterance.exhausted(losses);
      return;
    }
    relaxed = true;
    progress.lost(cause);
    trace.replayed(cause);
    scope.services().metrics().replayed(cause);
    open();
  }

  private void retryLater() {
    if (progress.end != null && scope.now() - untilNanos() >= 0) {
      utterance.unreachable();
    } else {
      retry = scope.after(Duration.ofMillis(RETRY_MILLIS), this::retryNow);
    }
  }

  private void retryNow() {
    if (current == null && !fence.answered()) {
      open();
    }
  }

  /**
   * The utterance is answered while recognition still works on it: gives the attempt away, to be
   * waited for. What it has not got yet is sent now, ready or not, if that is no more than
   * recognition may be behind; otherwise there is nothing to wait for.
   */
  Optional<Attempt> handOver() {
    Attempt left = current;
    routed();
    stop();
    if (left == null) {
      return Optional.empty();
    }
    if (!left.told) {
      if (clip.pending() > scope.services().limits().unforwarded().toMillis() * 16) {
        left.cancel();
        return Optional.empty();
      }
      while (clip.pending() > 0) {
        left.stream().audio(clip.next());
      }
      left.told = true;
      left.stream().finish(Optional.empty());
    }
    return Optional.of(left);
  }

  /** Recognition has answered: nothing is tried any more. */
  void stop() {
    watch.stop();
    if (retry != null) {
      retry.cancel();
    }
  }

  /** Gives everything up. */
  void cancel() {
    stop();
    if (current != null) {
      current.cancel();
    }
  }
}
