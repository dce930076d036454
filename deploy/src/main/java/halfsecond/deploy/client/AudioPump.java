// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.client;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;

/**
 * Moves audio from a stream of bytes into a session at a pace. Piece {@code n} leaves when its last
 * sample is due, counted from one start, so that a late piece does not make the later ones late.
 */
final class AudioPump {

  /** Takes a piece of audio; false when nothing more is wanted. */
  @FunctionalInterface
  interface Sink {
    boolean send(ByteString audio) throws InterruptedException;
  }

  private final WireFormat format;
  private final Pace pace;
  private final Sink sink;
  private final byte[] piece;
  private final long startNanos;
  private long sent;

  /** The clock of the audio starts now. */
  AudioPump(WireFormat format, Duration piece, Pace pace, Sink sink) {
    this.format = format;
    this.pace = pace;
    this.sink = sink;
    this.piece =
        new byte[Math.toIntExact(Math.max(format.bytesPerSample(), format.bytesIn(piece)))];
    this.startNanos = pace.now();
  }

  /** The instant of the pace's clock at which the first sample began. */
  long startNanos() {
    return startNanos;
  }

  /** Bytes sent so far. */
  long sent() {
    return sent;
  }

  /**
   * Sends what {@code audio} holds, at most {@code limit} bytes of it.
   *
   * @return false when the session wants no more
   */
  boolean send(InputStream audio, long limit) throws IOException, InterruptedException {
    long left = limit;
    while (left > 0) {
      int read = audio.readNBytes(piece, 0, (int) Math.min(piece.length, left));
      if (read == 0) {
        return true;
      }
      if (!deliver(read)) {
        return false;
      }
      left -= read;
    }
    return true;
  }

  /**
   * Sends silence, as an open microphone in a quiet room does after the speaker has stopped.
   *
   * @return false when the session wants no more
   */
  boolean sendSilence(Duration duration) throws InterruptedException {
    Arrays.fill(piece, format.silence());
    long left = format.bytesIn(duration);
    while (left > 0) {
      int size = (int) Math.min(piece.length, left);
      if (!deliver(size)) {
        return false;
      }
      left -= size;
    }
    return true;
  }

  private boolean deliver(int size) throws InterruptedException {
    pace.await(startNanos + format.durationOf(sent + size).toNanos());
    sent += size;
    return sink.send(ByteString.copyFrom(piece, 0, size));
  }
}
