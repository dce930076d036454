// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import com.google.protobuf.ByteString;
import halfsecond.router.audio.AudioRing;
import halfsecond.router.replay.Quarantine;

/**
 * How far one clip has been forwarded to recognition: only audio that is acknowledged as part of
 * it, in chunks, in order, once in each attempt. For the session's sequence only.
 */
final class Clip {
  /** 200 ms: what recognition decodes in one step. */
  private static final int CHUNK_SAMPLES = 3_200;

  private final AudioRing ring;
  private final long start;
  private long forwarded;
  private long furthest;
  private long acknowledged;
  private boolean complete;

  Clip(AudioRing ring, SpeechStarted event) {
    this.ring = ring;
    // A detector that looks back further than the ring gets the audio that there is.
    this.start = Math.max(event.clipStart(), ring.start());
    this.forwarded = start;
    this.furthest = start;
    this.acknowledged = start;
    acknowledge(event.acknowledged());
  }

  long start() {
    return start;
  }

  long end() {
    return acknowledged;
  }

  /** Samples that have been forwarded in this attempt. */
  long sent() {
    return forwarded - start;
  }

  /** Begins again from the start, for another attempt. */
  void rewind() {
    forwarded = start;
  }

  /** Acknowledged and not forwarded in any attempt: what the client may be slowed down for. */
  long unforwarded() {
    return acknowledged - furthest;
  }

  /** Whether what a fingerprint is taken of is there. */
  boolean beginningKnown() {
    return complete || acknowledged - start >= Quarantine.SAMPLES;
  }

  /** What a fingerprint is taken of. */
  ByteString beginning() {
    return ring.slice(start, Math.min(acknowledged, start + Quarantine.SAMPLES));
  }

  void acknowledge(long sample) {
    if (!complete) {
      acknowledged = Math.max(acknowledged, Math.min(sample, ring.end()));
    }
  }

  /**
   * The clip ends here, which may be before what was acknowledged only if the detector broke its
   * promise.
   */
  void complete(long sample) {
    acknowledge(sample);
    complete = true;
  }

  /** Acknowledged and not forwarded. */
  long pending() {
    return acknowledged - forwarded;
  }

  /** Whether all of a complete clip has been forwarded. */
  boolean done() {
    return complete && pending() == 0;
  }

  ByteString next() {
    long to = Math.min(acknowledged, forwarded + CHUNK_SAMPLES);
    ByteString chunk = ring.slice(forwarded, to);
    forwarded = to;
    furthest = Math.max(furthest, forwarded);
    return chunk;
  }
}
