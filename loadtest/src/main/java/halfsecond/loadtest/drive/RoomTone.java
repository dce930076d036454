// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.drive;

import com.google.protobuf.ByteString;
import java.util.Random;

/**
 * What an open microphone hears when nobody speaks: faint noise, at -80 dB of full scale. Not
 * digital silence, which no room has and which some recognizers treat as a special case. Made once,
 * shared by every query.
 */
final class RoomTone {
  /** -80 dB of 32768. */
  private static final double RMS = 3.2768;

  private static final int SAMPLES = 16_000;
  private static final ByteString SECOND = make();

  private RoomTone() {}

  /**
   * A stretch of it, at most a second long. Goes on where the stretch before ended: the same few
   * milliseconds again and again would hum.
   *
   * @param fromByte from the start of the audio
   */
  static ByteString of(int fromByte, int bytes) {
    int from = fromByte % SECOND.size();
    int first = Math.min(bytes, SECOND.size() - from);
    ByteString start = SECOND.substring(from, from + first);
    return first == bytes ? start : start.concat(SECOND.substring(0, bytes - first));
  }

  private static ByteString make() {
    Random random = new Random(1);
    byte[] bytes = new byte[2 * SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      int sample = (int) Math.round(RMS * random.nextGaussian());
      bytes[2 * i] = (byte) sample;
      bytes[2 * i + 1] = (byte) (sample >> 8);
    }
    return ByteString.copyFrom(bytes);
  }
}
