// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import com.google.protobuf.ByteString;
import halfsecond.common.concurrent.Scheduler.Timer;
import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import halfsecond.router.utterance.ReplayCause;
import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Endpointing by a detector's stream. A start for which there is no room yet is held, and while it
 * is held the detector is not allowed another event, so neither queue can grow. When the detector
 * is lost or hangs another one takes over: it is sent the audio again from {@link
 * SessionLimits#detectorHistory} before what it has to judge, since detectors adapt, and what it
 * says about audio that was judged before is reconciled by {@link DetectionLog}.
 */
final class ServerEndpointing implements Endpointing {
  /**
   * Less than this may stay unjudged for ever: the detector reports every 100 ms and judges whole
   * frames.
   */
  private static final long UNREPORTED_SAMPLES = 3_200;

  /**
   * 3 s, pre-roll, onset window and minimum speech at their longest: what a start that comes next
   * depends on, and an utterance that is announced next may begin there.
   */
  private static final int LOOK_BACK_SAMPLES = 48_000;

  /**
   * 60 ms: a detector that begins at a multiple cuts frames of any length where the lost one did.
   */
  private static final int GRID_SAMPLES = 960;

  private static final int CHUNK_SAMPLES = 3_200;
  private static final int MOST_FINALIZES = 100;

  private final SessionScope scope;
  private final long maxUnjudged;
  private final long history;
  private final EndpointingEvents events;
  private final DetectionLog log;
  private final Reopenings reopenings = new Reopenings();

  /** Where the client asked for the end of an utterance, as far as a new detector may hear it. */
  private final ArrayDeque<Long> finalizes = new ArrayDeque<>(2);

  private @Nullable Detection detection;
  private @Nullable Timer retry;
  private @Nullable SpeechStarted held;
  private boolean halfClosed;
  private boolean over;

  ServerEndpointing(SessionScope scope, long maxUnjudged, EndpointingEvents events) {
    this.scope = scope;
    this.maxUnjudged = maxUnjudged;
    this.history = scope.services().limits().detectorHistory().toMillis() * 16;
    this.events = events;
    this.log = new DetectionLog(events);
  }

  @Override
  public void open() {
    openFrom(0);
  }

  private void openFrom(long sample) {
    Detection opening = new Detection(sample);
    detection = opening;
    opening.opened(
        scope
            .services()
            .vad()
            .open(
                new DetectionRequest(
                    scope.sessionId(),
                    scope.config().endpointing(),
                    sample,
                    reopenings.avoided(scope.now())),
                opening));
    pump();
  }

  @Override
  public void audio(ByteString samples, long end, long arrivalNanos) {
    Detection to = detection;
    if (over || to == null) {
      return;
    }
    if (to.sent == end - samples.size() / 2 && finalizes.isEmpty()) {
      to.audio(samples, end);
    } else {
      pump();
    }
  }

  @Override
  public void finish(long arrivalNanos) {
    long here = scope.ring().end();
    if (!over && !halfClosed && !Long.valueOf(here).equals(finalizes.peekLast())) {
      if (finalizes.size() == MOST_FINALIZES) {
        finalizes.removeFirst();
      }
      finalizes.addLast(here);
      pump();
    }
  }

  @Override
  public void marker(Marker marker, long arrivalNanos) {
    throw new SpeechException(
        Reason.MESSAGE_UNEXPECTED, "speech markers need client-side endpointing");
  }

  @Override
  public void end(long arrivalNanos) {
    if (!over) {
      halfClosed = true;
      pump();
    }
  }

  /** Sends the detector what it has not had, as far as it takes it. */
  private void pump() {
    Detection to = detection;
    if (over || to == null) {
      return;
    }
    while (to.passOnFinalize(finalizes)
        || (to.sent < scope.ring().end() && to.stream().isReady())) {
      long until =
          Math.min(to.sent + CHUNK_SAMPLES, to.nextFinalize(finalizes, scope.ring().end()));
      to.audio(scope.ring().slice(to.sent, until), until);
    }
    if (halfClosed && to.sent == scope.ring().end()) {
      to.halfClose();
    }
  }

  @Override
  public boolean accepts() {
    long head = scope.ring().end();
    return detection != null
        && detection.stream().isReady()
        && detection.sent == head
        && head - log.judged() <= maxUnjudged;
  }

  @Override
  public void roomAgain() {
    SpeechStarted waiting = held;
    if (!over && waiting != null && events.hasRoom()) {
      held = null;
      accept(waiting);
    }
  }

  @Override
  public void check(long nowNanos) {
    Detection watched = detection;
    long limit = scope.services().limits().detectorStall().toNanos();
    if (!over && held == null && watched != null && watched.stalled(nowNanos, limit)) {
      watched.stream().abandon(ReplayCause.HUNG);
      lost(watched, BackendFailure.hung());
    }
  }

  @Override
  public long oldestNeeded() {
    long announced = held == null ? Long.MAX_VALUE : held.clipStart();
    return Math.min(announced, oldestHeard() - GRID_SAMPLES);
  }

  /** Where a detector that takes over would have to begin. */
  private long oldestHeard() {
    return Math.min(log.needed(), log.judged() - LOOK_BACK_SAMPLES) - history;
  }

  @Override
  public void cancel() {
    if (!over) {
      over = true;
      held = null;
      if (retry != null) {
        retry.cancel();
      }
      if (detection != null) {
        detection.stream().cancel();
      }
    }
  }

  private void announced(Optional<SpeechStarted> event) {
    if (event.isEmpty()) {
      next();
    } else if (events.hasRoom()) {
      accept(event.get());
    } else {
      held = event.get();
    }
  }

  private void accept(SpeechStarted event) {
    log.accept(event);
    next();
  }

  private void next() {
    if (!over && detection != null) {
      detection.stream().next();
    }
  }

  private void ended(SpeechEnded event) {
    log.ended(event);
    next();
  }

  private void completed(Detection from) {
    if (from.halfClosed) {
      over = true;
      log.completed(scope.now());
      events.exhausted();
    } else {
      lost(from, BackendFailure.LOST);
    }
  }

  private void lost(Detection dead, BackendFailure failure) {
    detection = null;
    held = null;
    boolean elsewhere = reopenings.avoid(dead.stream().backend(), scope.now()) && !dead.fed;
    if (failure.blamesClient() || !reopenings.lost(dead.fed, scope.now())) {
      over = true;
      events.lost(failure);
      return;
    }
    if (dead.fed) {
      scope.services().metrics().replayed(ReplayCause.VAD_LOST);
      log.resume();
    }
    if (elsewhere && !dead.stream().backend().isEmpty()) {
      reopen();
    } else {
      retry = scope.after(Reopenings.BACKOFF, this::reopen);
    }
  }

  private void reopen() {
    if (over || detection != null) {
      return;
    }
    long wanted = Math.max(oldestHeard(), 0);
    long from = wanted - wanted % GRID_SAMPLES;
    if (from < scope.ring().start()) {
      from = (scope.ring().start() + GRID_SAMPLES - 1) / GRID_SAMPLES * GRID_SAMPLES;
    }
    openFrom(Math.min(from, scope.ring().end()));
  }

  /** One stream to a detector and how far it is. */
  private final class Detection implements VadListener {
    private @Nullable VadStream stream;
    private long sent;
    private long judged;
    private long finalized = -1;
    private long lastSignNanos = scope.now();
    private boolean fed;
    private boolean halfClosed;

    Detection(long from) {
      this.sent = from;
      this.judged = from;
    }

    void opened(VadStream to) {
      stream = to;
    }

    VadStream stream() {
      if (stream == null) {
        throw new IllegalStateException("the stream has not been opened");
      }
      return stream;
    }

    void audio(ByteString samples, long end) {
      if (sent - judged <= UNREPORTED_SAMPLES) {
        lastSignNanos = scope.now();
      }
      sent = end;
      if (!samples.isEmpty()) {
        fed = true;
        stream().audio(samples);
      }
    }

    /** Passes on that the client asked for an end here; whether it did so now. */
    boolean passOnFinalize(ArrayDeque<Long> positions) {
      boolean here = finalized < sent && positions.contains(sent);
      if (here) {
        finalized = sent;
        stream().endUtterance();
      }
      return here;
    }

    long nextFinalize(ArrayDeque<Long> positions, long otherwise) {
      for (long position : positions) {
        if (position > sent) {
          return Math.min(position, otherwise);
        }
      }
      return otherwise;
    }

    void halfClose() {
      if (!halfClosed) {
        halfClosed = true;
        lastSignNanos = scope.now();
        stream().halfClose();
      }
    }

    boolean stalled(long nowNanos, long limitNanos) {
      boolean owes = halfClosed || sent - judged > UNREPORTED_SAMPLES;
      return owes && nowNanos - lastSignNanos >= limitNanos;
    }

    private void sign(long judgedNow) {
      judged = Math.max(judged, judgedNow);
      lastSignNanos = scope.now();
      reopenings.found();
      while (!finalizes.isEmpty() && finalizes.getFirst() < oldestNeeded()) {
        finalizes.removeFirst();
      }
    }

    private void inSequence(Runnable event) {
      scope
          .sequence()
          .execute(
              () -> {
                if (!over && detection == this) {
                  event.run();
                }
              });
    }

    @Override
    public void onReady() {
      // After every step the session looks whether it can go on.
      inSequence(ServerEndpointing.this::pump);
    }

    @Override
    public void onStarted(SpeechStarted event) {
      inSequence(
          () -> {
            sign(event.acknowledged());
            announced(log.started(event, scope.now()));
          });
    }

    @Override
    public void onProgress(VadProgress event) {
      inSequence(
          () -> {
            sign(event.processed());
            announced(log.progress(event, scope.now()));
          });
    }

    @Override
    public void onEnded(SpeechEnded event) {
      inSequence(
          () -> {
            sign(event.decided());
            ended(event);
          });
    }

    @Override
    public void onCompleted() {
      inSequence(() -> completed(this));
    }

    @Override
    public void onLost(BackendFailure failure) {
      inSequence(() -> lost(this, failure));
    }
  }
}
