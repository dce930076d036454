// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import com.google.protobuf.ByteString;
import halfsecond.router.audio.AudioDecoder;
import java.time.Duration;
import java.util.ArrayDeque;

/**
 * The way in of one session: messages of the client wait here, at most {@value #WAITING}, and their
 * audio is decoded, kept and given to endpointing in slices, as long as client, detector and
 * recognition keep up. More is asked of the client only when a message has been used up, so a fast
 * client is slowed by flow control. For the session's sequence only.
 */
final class Intake {
  /**
   * One that is being used and one behind it, so that arrival times are those of the network and
   * not ours.
   */
  static final int WAITING = 2;

  private static final long INNER_HERTZ = 16_000;

  /** 200 ms. */
  private static final int SLICE_SAMPLES = 3_200;

  private final SessionScope scope;
  private final SessionOutput out;
  private final UtteranceLine line;
  private final Endpointing endpointing;
  private final AudioDecoder decoder;
  private final ArrayDeque<Input> waiting = new ArrayDeque<>(WAITING);
  private final int sliceBytes;
  private final long maxUnforwarded;
  private final Duration maxAudio;
  private int asked;
  private boolean halfClosed;
  private long waitingSinceNanos;

  Intake(SessionScope scope, SessionOutput out, UtteranceLine line, Endpointing endpointing) {
    this.scope = scope;
    this.out = out;
    this.line = line;
    this.endpointing = endpointing;
    this.decoder = new AudioDecoder(scope.config().format());
    // Even, so that whole samples stay whole and need no copy.
    this.sliceBytes = scope.config().format().bytesPerSecond() / 5 & ~1;
    SessionLimits limits = scope.services().limits();
    this.maxUnforwarded = limits.unforwarded().toMillis() * INNER_HERTZ / 1000;
    this.maxAudio = scope.live() ? limits.liveSession() : limits.batchSession();
    this.waitingSinceNanos = scope.now();
  }

  void add(Input input) {
    if (input.remaining() > 0) {
      scope
          .audioClock()
          .begins(
              input.arrivalNanos(),
              scope.config().format().durationOf(input.remaining()).toNanos());
      waitingSinceNanos = input.arrivalNanos();
    }
    asked = Math.max(0, asked - 1);
    waiting.addLast(input);
  }

  /** The client will send nothing more; {@code end} has its turn after what it has sent. */
  void addEnd(Input end) {
    halfClosed = true;
    waiting.addLast(end);
  }

  /** Uses what waits as far as everybody keeps up; returns whether anything was used. */
  boolean pump() {
    boolean moved = false;
    while (!waiting.isEmpty() && open()) {
      moved = true;
      Input next = waiting.getFirst();
      if (next.remaining() > 0) {
        slice(next);
      }
      if (next.remaining() == 0) {
        waiting.removeFirst();
        next.act();
      }
      if (tooLong()) {
        return true;
      }
    }
    return moved;
  }

  private void slice(Input audio) {
    ByteString samples = decoder.decode(audio.take(sliceBytes));
    scope
        .audioClock()
        .arrived(scope.timeline().innerSampleOf(decoder.clientSamples()), audio.arrivalNanos());
    append(samples, audio.arrivalNanos());
  }

  private void append(ByteString samples, long arrivalNanos) {
    scope.ring().append(samples);
    endpointing.audio(samples, scope.ring().end(), arrivalNanos);
  }

  private boolean open() {
    long head = scope.ring().end();
    return out.isReady()
        && endpointing.accepts()
        && (line.hasRoom() || line.inSpeech())
        && line.pending() <= maxUnforwarded
        && head + SLICE_SAMPLES - line.oldestNeeded(head) <= scope.ring().capacity();
  }

  /** Asks the client for as many messages as may wait. */
  void askForMore() {
    while (!halfClosed && waiting.size() + asked < WAITING) {
      if (asked == 0) {
        // It could not have sent any before: until now it was we who did not ask.
        waitingSinceNanos = scope.now();
      }
      asked++;
      out.request();
    }
  }

  /**
   * Nothing more is taken: what is inside of the decoder goes to endpointing, which is told that
   * the audio is complete.
   *
   * @throws halfsecond.common.error.SpeechException AUDIO_INVALID when the last sample is cut in
   *     half; endpointing has been told all the same
   */
  void close(long arrivalNanos) {
    waiting.clear();
    halfClosed = true;
    try {
      ByteString tail = decoder.finish();
      if (!tail.isEmpty()) {
        append(tail, arrivalNanos);
      }
    } finally {
      endpointing.end(arrivalNanos);
    }
  }

  /** Nothing more is taken and what waits is dropped. */
  void drop() {
    waiting.clear();
    halfClosed = true;
  }

  boolean tooLong() {
    return audio().compareTo(maxAudio) >= 0;
  }

  /** How much audio the client has sent that was used. */
  Duration audio() {
    return scope.timeline().durationOf(decoder.clientSamples());
  }

  /** Whether nothing that the client sent waits. */
  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Whether the client owes us audio for so long. */
  boolean silentFor(long nowNanos, Duration limit) {
    return !halfClosed && waiting.isEmpty() && nowNanos - waitingSinceNanos >= limit.toNanos();
  }
}
