// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad.endpoint;

import halfsecond.common.audio.Levels;
import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Decides where utterances begin and end from a sequence of judged frames without gap. Not
 * thread-safe; it has no clock and its decisions depend on the frames alone.
 *
 * <p>A clip grows only by what is certain to be in it: everything up to the last voiced frame, and
 * after it silence up to the trailing padding. Frames that are not certain yet wait in {@code
 * recent}, and so does what may become the next clip's pre-roll.
 */
final class Endpointer {
  private enum State {
    /** No speech. */
    LISTENING,
    /** An onset, but less than the minimum speech. */
    GATHERING,
    /** An utterance is in progress. */
    SPEAKING,
    /** The longest clip was cut off; the speech may go on. */
    CONTINUING
  }

  private final FrameCounts counts;
  private final SpeechListener listener;
  private final long keptSamples;
  private final ArrayDeque<Frame> recent = new ArrayDeque<>();
  private State state = State.LISTENING;
  private long processed;
  private long clipFloor;
  private long onsetFloor;
  private long nextIndex;
  private long clipStart;
  private long speechStart;
  private long speechEnd;
  private long voicedSamples;
  private @Nullable ClipMeter meter;

  /**
   * @param surroundings samples of silence before a clip that count as its surroundings
   */
  Endpointer(FrameCounts counts, long startSample, long surroundings, SpeechListener listener) {
    this.counts = counts;
    this.listener = listener;
    this.processed = startSample;
    this.clipFloor = startSample;
    this.onsetFloor = startSample;
    this.keptSamples =
        counts.preRoll() + (long) counts.windowFrames() * counts.frame() + surroundings;
  }

  /** All samples before this one have been judged. */
  long processed() {
    return processed;
  }

  /** The end of the last clip: no later clip begins before it. */
  long clipFloor() {
    return clipFloor;
  }

  boolean inUtterance() {
    return state == State.SPEAKING;
  }

  /** Within an utterance: the clip holds at least everything before this sample. */
  long acknowledged() {
    return Math.min(processed, speechEnd + counts.trailingPadding());
  }

  /** Takes the next frame. */
  void accept(Frame frame) {
    processed = frame.end();
    recent.addLast(frame);
    switch (state) {
      case LISTENING -> listen(frame);
      case GATHERING -> gather(frame);
      case SPEAKING -> follow(frame);
      case CONTINUING -> resume(frame);
    }
  }

  /**
   * Ends the utterance in progress, if there is one.
   *
   * @param tail audio after the last frame, too short to be judged
   */
  void end(EndReason reason, Levels tail) {
    if (state != State.SPEAKING) {
      return;
    }
    long received = processed + tail.samples();
    long clipEnd = Math.min(received, speechEnd + counts.trailingPadding());
    if (clipEnd > processed) {
      current().addUnjudged(tail);
    }
    end(reason, clipEnd, received);
    state = State.LISTENING;
  }

  private void listen(Frame frame) {
    while (recent.getFirst().end() <= processed - keptSamples) {
      recent.removeFirst();
    }
    if (!frame.voiced()) {
      return;
    }
    int left = counts.windowFrames();
    int voiced = 0;
    Frame first = frame;
    Iterator<Frame> latestFirst = recent.descendingIterator();
    while (left-- > 0 && latestFirst.hasNext()) {
      Frame earlier = latestFirst.next();
      if (earlier.voiced() && earlier.start() >= onsetFloor) {
        voiced++;
        first = earlier;
      }
    }
    if (voiced >= counts.onsetFrames()) {
      open(first.start(), first.start() - counts.preRoll(), (long) voiced * counts.frame());
      announceWhenEnough(counts.minSpeech());
    }
  }

  private void open(long firstVoiced, long from, long voiced) {
    state = State.GATHERING;
    speechStart = firstVoiced;
    clipStart = Math.max(clipFloor, from);
    speechEnd = processed;
    voicedSamples = voiced;
  }

  private void gather(Frame frame) {
    if (frame.voiced()) {
      speechEnd = processed;
      voicedSamples += counts.frame();
      announceWhenEnough(counts.minSpeech());
    } else if (silence() >= counts.hangover()) {
      listenAgain();
    }
  }

  /** Where pre-roll and minimum speech together are too long for a clip, the pre-roll gives way. */
  private void announceWhenEnough(long enough) {
    clipStart = Math.max(clipStart, processed - counts.maxClip());
    if (clipStart > speechStart) {
      listenAgain();
    } else if (voicedSamples >= enough) {
      announce();
    }
  }

  private void announce() {
    state = State.SPEAKING;
    meter = new ClipMeter();
    while (recent.getFirst().start() < clipStart) {
      current().addSurrounding(recent.removeFirst());
    }
    take();
    listener.speechStarted(
        new SpeechStarted(nextIndex, clipStart, speechStart, acknowledged(), processed));
    endWhenLongest();
  }

  private void follow(Frame frame) {
    if (frame.voiced()) {
      speechEnd = processed;
    }
    take();
    if (silence() >= counts.hangover()) {
      end(EndReason.END_OF_SPEECH, acknowledged(), processed);
      state = State.LISTENING;
    } else {
      endWhenLongest();
    }
  }

  private void endWhenLongest() {
    if (processed + counts.frame() - clipStart > counts.maxClip()) {
      end(EndReason.MAX_DURATION, acknowledged(), processed);
      state = State.CONTINUING;
    }
  }

  /**
   * What is left of speech that was cut off needs neither onset nor minimum: none of it is lost.
   */
  private void resume(Frame frame) {
    if (frame.voiced()) {
      open(frame.start(), clipFloor, counts.frame());
      announceWhenEnough(0);
    } else if (silence() >= counts.hangover()) {
      listenAgain();
    }
  }

  private void listenAgain() {
    state = State.LISTENING;
    onsetFloor = processed;
  }

  private long silence() {
    return processed - speechEnd;
  }

  /** Moves what is certain to be in the clip from the waiting frames into it. */
  private void take() {
    while (!recent.isEmpty() && recent.getFirst().end() <= acknowledged()) {
      current().add(recent.removeFirst());
    }
  }

  private void end(EndReason reason, long clipEnd, long decided) {
    ClipMeter measured = current();
    recent.forEach(measured::addSurrounding);
    clipFloor = clipEnd;
    onsetFloor = processed;
    meter = null;
    listener.speechEnded(
        new SpeechEnded(
            nextIndex++,
            clipStart,
            clipEnd,
            speechStart,
            speechEnd,
            decided,
            reason,
            measured.read()));
  }

  private ClipMeter current() {
    if (meter == null) {
      throw new IllegalStateException("No utterance is in progress");
    }
    return meter;
  }
}
