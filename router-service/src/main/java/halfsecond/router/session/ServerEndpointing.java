// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import com.google.protobuf.ByteString;
import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Endpointing by the detector's stream. A start for which there is no room yet is held, and while
 * it is held the detector is not allowed another event, so neither queue can grow.
 */
final class ServerEndpointing implements Endpointing, VadListener {
  /**
   * Less than this may stay unjudged for ever: the detector reports every 100 ms and judges whole
   * frames.
   */
  private static final long UNREPORTED_SAMPLES = 3_200;

  private final SessionScope scope;
  private final long maxUnjudged;
  private final EndpointingEvents events;
  private @Nullable VadStream stream;
  private @Nullable SpeechStarted held;
  private boolean halfClosed;
  private boolean over;
  private long sent;
  private long judged;
  private long lastSignNanos;

  ServerEndpointing(SessionScope scope, long maxUnjudged, EndpointingEvents events) {
    this.scope = scope;
    this.maxUnjudged = maxUnjudged;
    this.events = events;
    this.lastSignNanos = scope.now();
  }

  @Override
  public void open() {
    stream =
        scope
            .services()
            .vad()
            .open(
                new DetectionRequest(scope.sessionId(), scope.config().endpointing(), 0, Set.of()),
                this);
  }

  @Override
  public void audio(ByteString samples, long end, long arrivalNanos) {
    if (over || stream == null) {
      return;
    }
    if (sent - judged <= UNREPORTED_SAMPLES) {
      lastSignNanos = scope.now();
    }
    sent = end;
    if (!samples.isEmpty()) {
      stream.audio(samples);
    }
  }

  @Override
  public void finish(long arrivalNanos) {
    if (!over && stream != null) {
      stream.endUtterance();
    }
  }

  @Override
  public void marker(Marker marker, long arrivalNanos) {
    throw new SpeechException(
        Reason.MESSAGE_UNEXPECTED, "speech markers need client-side endpointing");
  }

  @Override
  public void end(long arrivalNanos) {
    if (!over && !halfClosed && stream != null) {
      halfClosed = true;
      lastSignNanos = scope.now();
      stream.halfClose();
    }
  }

  @Override
  public boolean accepts() {
    return stream != null && stream.isReady() && sent - judged <= maxUnjudged;
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
  public boolean stalled(long nowNanos, long limitNanos) {
    boolean owes = halfClosed || sent - judged > UNREPORTED_SAMPLES;
    return !over && held == null && owes && nowNanos - lastSignNanos >= limitNanos;
  }

  @Override
  public void cancel() {
    if (!over) {
      over = true;
      held = null;
      if (stream != null) {
        stream.cancel();
      }
    }
  }

  @Override
  public void onReady() {
    // Nothing to do but to be in the sequence: after every step the session looks whether it can go
    // on.
    inSequence(() -> {});
  }

  @Override
  public void onStarted(SpeechStarted event) {
    inSequence(
        () -> {
          sign(event.acknowledged());
          if (events.hasRoom()) {
            accept(event);
          } else {
            held = event;
          }
        });
  }

  @Override
  public void onProgress(VadProgress event) {
    inSequence(
        () -> {
          sign(event.processed());
          event.acknowledged().ifPresent(events::acknowledged);
          next();
        });
  }

  @Override
  public void onEnded(SpeechEnded event) {
    inSequence(
        () -> {
          sign(event.decided());
          events.ended(event);
          next();
        });
  }

  @Override
  public void onCompleted() {
    inSequence(
        () -> {
          over = true;
          if (halfClosed) {
            events.exhausted();
          } else {
            events.lost(BackendFailure.LOST);
          }
        });
  }

  @Override
  public void onLost(BackendFailure failure) {
    inSequence(
        () -> {
          over = true;
          events.lost(failure);
        });
  }

  private void accept(SpeechStarted event) {
    events.started(event);
    next();
  }

  private void next() {
    if (!over && stream != null) {
      stream.next();
    }
  }

  private void sign(long judgedNow) {
    judged = Math.max(judged, judgedNow);
    lastSignNanos = scope.now();
  }

  private void inSequence(Runnable event) {
    scope
        .sequence()
        .execute(
            () -> {
              if (!over) {
                event.run();
              }
            });
  }
}
