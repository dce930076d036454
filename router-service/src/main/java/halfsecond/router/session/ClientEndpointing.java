// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import com.google.protobuf.ByteString;
import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import java.util.Optional;

/**
 * Endpointing by the client's markers; no detector is involved. Audio outside of the markers is
 * skipped. A clip that reaches the longest duration is cut there and the next begins at the next
 * sample. After a finalize the speech goes on: audio before the end marker begins another
 * utterance.
 */
final class ClientEndpointing implements Endpointing {
  private final long maxSamples;
  private final EndpointingEvents events;
  private boolean marked;
  private boolean inUtterance;
  private boolean over;
  private long clipStart;
  private long end;

  ClientEndpointing(long maxSamples, EndpointingEvents events) {
    this.maxSamples = maxSamples;
    this.events = events;
  }

  @Override
  public void open() {
    // Nothing to connect to.
  }

  @Override
  public void audio(ByteString samples, long newEnd, long arrivalNanos) {
    if (marked && !over) {
      if (!inUtterance && newEnd > end) {
        begin(end, arrivalNanos);
      }
      while (inUtterance && newEnd - clipStart > maxSamples) {
        long cut = clipStart + maxSamples;
        close(cut, EndReason.MAX_DURATION, arrivalNanos);
        begin(cut, arrivalNanos);
      }
      if (inUtterance) {
        events.acknowledged(newEnd);
      }
    }
    end = newEnd;
  }

  @Override
  public void finish(long arrivalNanos) {
    if (inUtterance) {
      close(end, EndReason.FINALIZE, arrivalNanos);
    }
  }

  @Override
  public void marker(Marker marker, long arrivalNanos) {
    boolean starts = marker == Marker.SPEECH_START;
    if (marked == starts) {
      throw new SpeechException(
          Reason.MESSAGE_UNEXPECTED, "speech markers alternate, beginning with a start");
    }
    marked = starts;
    if (starts) {
      begin(end, arrivalNanos);
    } else {
      finish(arrivalNanos);
    }
  }

  @Override
  public void end(long arrivalNanos) {
    if (!over) {
      if (inUtterance) {
        close(end, EndReason.STREAM_END, arrivalNanos);
      }
      over = true;
      events.exhausted();
    }
  }

  @Override
  public boolean accepts() {
    return !over;
  }

  @Override
  public void roomAgain() {
    // Markers are only taken when there is room.
  }

  @Override
  public void check(long nowNanos) {
    // There is no detector.
  }

  @Override
  public long oldestNeeded() {
    return inUtterance ? clipStart : end;
  }

  @Override
  public void cancel() {
    over = true;
    inUtterance = false;
  }

  private void begin(long start, long arrivalNanos) {
    clipStart = start;
    inUtterance = true;
    events.started(new SpeechStarted(start, start, start, "", arrivalNanos));
  }

  private void close(long clipEnd, EndReason reason, long arrivalNanos) {
    inUtterance = false;
    events.ended(
        new SpeechEnded(clipEnd, clipEnd, clipEnd, reason, Optional.empty(), arrivalNanos));
  }
}
