// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import com.google.protobuf.ByteString;
import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import halfsecond.router.audio.AudioRing;
import halfsecond.router.audio.ClientTimeline;
import halfsecond.router.redo.RedoWatch;
import halfsecond.router.utterance.Identifier;
import halfsecond.router.utterance.TrafficClass;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One client session. Every public method may be called by any thread and returns at once: what it
 * asks for happens in the session's sequence, in order. The output gets exactly one closing answer
 * for every utterance that started, in the order of the utterances, and then exactly one end;
 * nothing once the client has gone.
 *
 * <p>Input ends in one of three ways. <em>Closing</em> (half-close, a limit reached, drain): the
 * utterance in progress is finished, what is in flight is answered, then the session ends.
 * <em>Aborting</em> (a mistake of the client, a lost detector): the utterance in progress is
 * refused, what is complete is still answered. <em>Gone</em>: everything is given up at once. Full
 * answers that come after a deadline are waited for beyond the end, by nobody but the record.
 */
public final class Session implements LiveSession {
  private final SessionScope scope;
  private final SessionOutput out;
  private final Runnable released;
  private final UtteranceLine line;
  private final Endpointing endpointing;
  private final Intake intake;
  private final SessionWatch watch;
  private final SessionSummary summary;
  private boolean accepted;
  private boolean closing;
  private boolean exhausted;
  private boolean over;
  private @Nullable SessionPlace place;
  private @Nullable SpeechException closeStatus;

  /**
   * @param sequence runs what it is given one after another
   * @param released called once, when nothing of the session is left
   */
  public Session(
      SessionConfig config,
      SessionServices services,
      Executor sequence,
      SessionOutput out,
      Runnable released) {
    this.out = out;
    this.released = released;
    SessionLimits limits = services.limits();
    this.scope =
        new SessionScope(
            Identifier.random(),
            config,
            services,
            sequence,
            this::perform,
            new AudioRing((int) samples(limits.ring()), services.replays().memory()),
            new AudioClock(config.trafficClass() == TrafficClass.LIVE),
            WallClock.now(services.clock(), services.scheduler()),
            new ClientTimeline(config.format().sampleRate()),
            new RedoWatch());
    this.line = new UtteranceLine(scope, this::abort);
    EndpointingEvents events = new Endpoints();
    this.endpointing =
        config.clientEndpointing()
            ? new ClientEndpointing(samples(limits.maxUtterance()), events)
            : new ServerEndpointing(scope, samples(limits.unjudged()), events);
    this.intake = new Intake(scope, out, line, endpointing);
    this.watch = new SessionWatch(scope, out, intake, line);
    this.summary = new SessionSummary(scope, intake, line);
  }

  private static long samples(Duration duration) {
    return duration.toMillis() * 16;
  }

  /** Names this session. */
  public String id() {
    return scope.sessionId();
  }

  /**
   * Begins: the model is looked for, then the client is told and asked for audio. To be called
   * once, first.
   */
  public void open() {
    enqueue(() -> begin(true));
  }

  /** Takes audio in the client's encoding, of any length; the caller bounds it. */
  public void audio(ByteString bytes) {
    Input input = Input.audio(bytes, scope.now());
    enqueue(() -> add(input));
  }

  /** Ends the utterance in progress, in its turn after the audio before it. */
  public void finalizeUtterance() {
    long now = scope.now();
    enqueue(() -> add(Input.control(() -> endpointing.finish(now), now)));
  }

  /** The client's own statement about the audio before it. */
  public void marker(Marker marker) {
    long now = scope.now();
    enqueue(() -> add(Input.control(() -> endpointing.marker(marker, now), now)));
  }

  /** A message that is not allowed: aborts in its turn. */
  public void refuse(SpeechException status) {
    enqueue(() -> add(Input.control(() -> abort(status), scope.now())));
  }

  /** The client sends nothing more: closes, after the audio before it. */
  public void halfClose() {
    long now = scope.now();
    enqueue(() -> intake.addEnd(Input.control(() -> close(null), now)));
  }

  /** The client has gone. */
  public void clientGone() {
    enqueue(
        () -> {
          summary.ended("CANCELLED");
          finish();
        });
  }

  /** The output is ready again. */
  public void outputReady() {
    enqueue(() -> {});
  }

  @Override
  public void tick() {
    enqueue(
        () -> {
          if (!accepted) {
            return;
          }
          watch.unread().ifPresent(this::endNow);
          if (!over) {
            endpointing.check(scope.now());
          }
          if (closing) {
            watch.overdue().ifPresent(this::endNow);
          } else if (!over) {
            watch.limit().ifPresent(this::close);
          }
        });
  }

  @Override
  public void drain(Duration remaining) {
    enqueue(
        () -> {
          watch.draining(remaining);
          if (accepted) {
            out.draining(remaining);
          } else {
            endNow(SessionWatch.drained());
          }
        });
  }

  private void enqueue(Runnable task) {
    scope.sequence().execute(task);
  }

  /** The one place in which anything of this session happens. */
  private void perform(Runnable task) {
    if (over) {
      return;
    }
    try {
      task.run();
      settle();
    } catch (RuntimeException | Error e) {
      endNow(new SpeechException(Reason.INTERNAL, "session failed", e));
    }
  }

  /** Goes on as far as everybody is ready. */
  private void settle() {
    boolean moved = true;
    while (moved && !over) {
      moved = line.deliver(out);
      if (moved) {
        endpointing.roomAgain();
      }
      if (accepted && !closing) {
        moved |= take();
      }
    }
    if (over) {
      return;
    }
    scope.ring().trim(Math.min(line.oldestKept(Long.MAX_VALUE), endpointing.oldestNeeded()));
    if (closing && exhausted && line.isEmpty()) {
      end(Optional.ofNullable(closeStatus));
    } else if (accepted && !closing) {
      intake.askForMore();
    }
  }

  /**
   * Takes what the client sent as far as everybody keeps up; returns whether anything came of it.
   */
  private boolean take() {
    try {
      boolean used = intake.pump();
      if (!closing && intake.tooLong()) {
        close(SessionWatch.tooLong());
      }
      return used;
    } catch (SpeechException e) {
      abort(e);
      return true;
    }
  }

  private void begin(boolean mayAskAgain) {
    try {
      scope.services().models().requireServable(scope.config().model());
    } catch (SpeechException e) {
      if (mayAskAgain && e.reason() == Reason.MODEL_NOT_FOUND) {
        scope
            .services()
            .directory()
            .refresh()
            .whenComplete((done, bug) -> enqueue(() -> begin(false)));
      } else {
        endNow(scope.services().directory().known() ? e : BackendFailure.LOST.asRefusal());
      }
      return;
    }
    try {
      place = SessionPlace.take(scope);
    } catch (SpeechException e) {
      endNow(e);
      return;
    }
    accepted = true;
    scope.services().metrics().sessionOpened(scope.config().trafficClass());
    endpointing.open();
    out.started(scope.sessionId(), scope.config().budget());
  }

  private void givePlaceBack() {
    if (place != null) {
      place.close();
    }
  }

  private void add(Input input) {
    if (!closing) {
      intake.add(input);
    }
  }

  private void close(@Nullable SpeechException status) {
    if (closing) {
      return;
    }
    closing = true;
    closeStatus = status;
    watch.closing();
    try {
      intake.close(scope.now());
    } catch (SpeechException e) {
      closeStatus = closeStatus == null ? e : closeStatus;
    }
  }

  private void abort(SpeechException status) {
    if (!closing) {
      closing = true;
      watch.closing();
      intake.drop();
    }
    closeStatus = closeStatus == null ? status : closeStatus;
    exhausted = true;
    endpointing.cancel();
    line.rejectCurrent(status);
  }

  /** Refuses whatever is unanswered and ends. */
  private void endNow(SpeechException status) {
    if (over) {
      return;
    }
    try {
      line.rejectAll(status);
      line.deliver(out);
    } catch (RuntimeException | Error e) {
      // The end comes all the same, and says so.
      status.addSuppressed(e);
    }
    end(Optional.of(status));
  }

  private void end(Optional<SpeechException> status) {
    summary.ended(status.map(e -> e.reason().name()).orElse("OK"));
    try {
      out.ended(status);
    } finally {
      finish();
    }
  }

  private void finish() {
    over = true;
    endpointing.cancel();
    line.abandonAll();
    intake.drop();
    givePlaceBack();
    scope.ring().close();
    if (accepted) {
      scope.services().metrics().sessionClosed(scope.config().trafficClass());
    }
    released.run();
  }

  private final class Endpoints implements EndpointingEvents {
    @Override
    public boolean hasRoom() {
      return line.hasRoom();
    }

    @Override
    public void started(SpeechStarted event) {
      givePlaceBack();
      line.start(event);
    }

    @Override
    public void detectorLost() {
      line.detectorLost();
    }

    @Override
    public void acknowledged(long sample) {
      line.acknowledge(sample);
    }

    @Override
    public void ended(SpeechEnded event) {
      line.end(event);
    }

    @Override
    public void exhausted() {
      exhausted = true;
    }

    @Override
    public void lost(BackendFailure failure) {
      abort(failure.asRefusal());
    }
  }
}
