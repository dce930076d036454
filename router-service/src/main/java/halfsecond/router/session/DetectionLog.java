// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the detectors of one session have said, so that one that takes over for a lost one changes
 * nothing that was said before. It hears audio again that was judged already; what the lost
 * detector said about that audio holds:
 *
 * <ul>
 *   <li>an utterance that is in progress stays the same one, whatever the new detector calls it,
 *       and is never acknowledged backwards;
 *   <li>events about utterances that were ended are dropped, and so is an end that the lost
 *       detector, which had judged that audio, did not see;
 *   <li>an utterance that the new detector does not hear at all ends where it was last
 *       acknowledged, once {@value #LOST_SPEECH_SAMPLES} samples have passed without it;
 *   <li>speech that goes on well after the end of the last utterance, because a client had cut it
 *       there, is another utterance that begins at that end.
 * </ul>
 *
 * <p>With the first detector of a session everything passes unchanged. For the session's sequence
 * only.
 */
final class DetectionLog {
  /** 2 s: no endpointing waits longer for the end of an utterance. */
  static final int LOST_SPEECH_SAMPLES = 32_000;

  /** 200 ms: two detectors do not differ by more about where an utterance ends. */
  private static final int BLUR_SAMPLES = 3_200;

  private final EndpointingEvents events;
  private long judged;
  private long lastEnd;
  private long acknowledged;
  private @Nullable SpeechStarted current;
  private @Nullable SpeechStarted theirs;
  private boolean resumed;
  private long judgedByLost;

  DetectionLog(EndpointingEvents events) {
    this.events = events;
  }

  /** Everything before this has been judged by one detector or another. */
  long judged() {
    return judged;
  }

  /** The first sample of which a new detector should know: of the utterance in progress, if any. */
  long needed() {
    return current == null ? judged : Math.min(judged, current.clipStart());
  }

  /** Another detector takes over. */
  void resume() {
    resumed = true;
    judgedByLost = judged;
    theirs = null;
    if (current != null) {
      events.detectorLost();
    }
  }

  /** An utterance is announced; returns it when it is a new one, for {@link #accept}. */
  Optional<SpeechStarted> started(SpeechStarted event, long nowNanos) {
    theirs = event;
    judged = Math.max(judged, event.acknowledged());
    if (current != null && event.clipStart() > acknowledged) {
      endHere(nowNanos);
    }
    return anew(event.acknowledged());
  }

  /** What the detector has in progress, when that is an utterance which was not announced. */
  private Optional<SpeechStarted> anew(long reached) {
    SpeechStarted event = theirs;
    if (current != null || event == null) {
      return Optional.empty();
    }
    if (!resumed || event.clipStart() >= lastEnd) {
      return Optional.of(event);
    }
    return reached > lastEnd + BLUR_SAMPLES
        ? Optional.of(
            new SpeechStarted(
                lastEnd,
                Math.max(lastEnd, event.speechStart()),
                reached,
                event.traceParent(),
                event.arrivalNanos()))
        : Optional.empty();
  }

  /** A new utterance begins, now that there is room for it. */
  void accept(SpeechStarted event) {
    current = event;
    acknowledged = event.acknowledged();
    events.started(event);
  }

  /** How far the detector is; returns an utterance as {@link #started} does. */
  Optional<SpeechStarted> progress(VadProgress event, long nowNanos) {
    judged = Math.max(judged, event.processed());
    if (current == null) {
      return event.acknowledged().isPresent()
          ? anew(event.acknowledged().getAsLong())
          : Optional.empty();
    }
    if (event.acknowledged().isPresent()) {
      acknowledge(event.acknowledged().getAsLong());
    } else if (resumed
        && theirs == null
        && event.processed() >= acknowledged + LOST_SPEECH_SAMPLES) {
      endHere(nowNanos);
    }
    return Optional.empty();
  }

  private void acknowledge(long sample) {
    if (!resumed || sample > acknowledged) {
      acknowledged = sample;
      events.acknowledged(sample);
    }
  }

  void ended(SpeechEnded event) {
    judged = Math.max(judged, event.decided());
    theirs = null;
    if (current != null && isOurs(event, current)) {
      lastEnd = resumed ? Math.max(event.clipEnd(), acknowledged) : event.clipEnd();
      current = null;
      events.ended(event.endingAt(lastEnd));
    }
  }

  private boolean isOurs(SpeechEnded event, SpeechStarted ours) {
    if (!resumed) {
      return true;
    }
    boolean asked = event.reason() == EndReason.FINALIZE || event.reason() == EndReason.STREAM_END;
    return event.speechEnd() > ours.clipStart() && (asked || event.decided() > judgedByLost);
  }

  /** The audio is judged to its end: nothing stays in progress. */
  void completed(long nowNanos) {
    if (current != null) {
      endHere(nowNanos);
    }
  }

  private void endHere(long nowNanos) {
    lastEnd = acknowledged;
    current = null;
    events.ended(
        new SpeechEnded(
            lastEnd,
            lastEnd,
            Math.max(judged, lastEnd),
            EndReason.END_OF_SPEECH,
            Optional.empty(),
            nowNanos));
  }
}
