// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.corpus;

import com.google.protobuf.ByteString;
import halfsecond.common.audio.Audio16k;
import halfsecond.vad.webrtc.WebRtcVad;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.time.Duration;
import java.util.Optional;

/**
 * Where speech ends in a recording, by the same judge that the detector uses: the end of the last
 * frame of 20 ms that the WebRTC detector calls voiced in its strictest mode, 3.
 */
final class SpeechEnds {
  private static final int FRAME_MILLIS = 20;
  private static final int FRAME = Audio16k.SAMPLE_RATE / 1000 * FRAME_MILLIS;
  private static final int STRICTEST = 3;

  private SpeechEnds() {}

  /** Empty when no frame is voiced. */
  static Optional<Duration> find(ByteString audio) {
    ShortBuffer samples =
        audio.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    short[] frame = new short[FRAME];
    long end = 0;
    try (WebRtcVad vad = new WebRtcVad(Audio16k.SAMPLE_RATE, FRAME_MILLIS, STRICTEST)) {
      for (long heard = FRAME; samples.remaining() >= FRAME; heard += FRAME) {
        samples.get(frame);
        if (vad.isVoiced(frame)) {
          end = heard;
        }
      }
    }
    return end == 0 ? Optional.empty() : Optional.of(Audio16k.duration(end));
  }
}
