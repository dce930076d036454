// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.audio;

import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import java.util.Map;

/**
 * The refusals of this package. Their texts name numbers of the header or the config, never the
 * audio.
 */
final class InvalidAudio {
  private InvalidAudio() {}

  static SpeechException because(String message) {
    return new SpeechException(Reason.AUDIO_INVALID, message);
  }

  static SpeechException rate(int hertz) {
    return new SpeechException(
        Reason.AUDIO_INVALID,
        "Sample rate "
            + hertz
            + " Hz is not supported: "
            + SampleRate.MIN_HERTZ
            + " to "
            + SampleRate.MAX_HERTZ
            + " Hz are",
        Map.of(
            "field",
            "sample_rate_hertz",
            "limit",
            SampleRate.MIN_HERTZ + ".." + SampleRate.MAX_HERTZ));
  }
}
