// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad.rpc;

import com.google.protobuf.util.Durations;
import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import halfsecond.vad.endpoint.EndpointingSettings;
import halfsecond.vad.v1.DetectConfig;
import halfsecond.vad.v1.EndpointingConfig;
import java.time.Duration;
import java.util.Set;

/**
 * What a client asked for in its config, checked.
 *
 * @param sessionId at most 64 characters
 * @param sampleRateHertz 8000, 16000, 32000 or 48000
 * @param startSample position of the first sample of the stream
 * @param endpointing the service's defaults, with what the client set
 */
record StreamSettings(
    String sessionId, int sampleRateHertz, long startSample, EndpointingSettings endpointing) {
  private static final int LONGEST_SESSION_ID = 64;
  private static final Set<Integer> SAMPLE_RATES = Set.of(8000, 16000, 32000, 48000);

  /** Far beyond any session, far from overflow. */
  private static final long LAST_START_SAMPLE = 1L << 48;

  /**
   * @throws SpeechException AUDIO_INVALID or FIELD_INVALID for what is outside of its limits
   */
  static StreamSettings of(DetectConfig config, EndpointingSettings defaults) {
    if (config.getSessionId().length() > LONGEST_SESSION_ID) {
      throw SpeechException.fieldInvalid(
          "session_id", "at most " + LONGEST_SESSION_ID + " characters");
    }
    if (!SAMPLE_RATES.contains(config.getSampleRateHertz())) {
      throw new SpeechException(
          Reason.AUDIO_INVALID, "sample_rate_hertz must be 8000, 16000, 32000 or 48000");
    }
    if (config.getStartSample() < 0 || config.getStartSample() > LAST_START_SAMPLE) {
      throw SpeechException.fieldInvalid("start_sample", "0 to " + LAST_START_SAMPLE);
    }
    return new StreamSettings(
        config.getSessionId(),
        config.getSampleRateHertz(),
        config.getStartSample(),
        config.hasEndpointing() ? merge(config.getEndpointing(), defaults) : defaults);
  }

  /**
   * A default that does not fit what the client set gives way: only what was set can be refused.
   */
  private static EndpointingSettings merge(EndpointingConfig set, EndpointingSettings defaults) {
    int aggressiveness =
        set.hasAggressiveness() ? set.getAggressiveness() : defaults.aggressiveness();
    Duration frame = set.hasFrame() ? length("frame", set.getFrame()) : defaults.frame();
    Duration onset =
        set.hasOnset() ? length("onset", set.getOnset()) : longer(defaults.onset(), frame);
    Duration onsetWindow =
        set.hasOnsetWindow()
            ? length("onset_window", set.getOnsetWindow())
            : longer(defaults.onsetWindow(), onset);
    Duration hangover =
        set.hasHangover() ? length("hangover", set.getHangover()) : defaults.hangover();
    Duration trailingPadding =
        set.hasTrailingPadding()
            ? length("trailing_padding", set.getTrailingPadding())
            : shorter(defaults.trailingPadding(), hangover);
    return new EndpointingSettings(
        aggressiveness,
        frame,
        onset,
        onsetWindow,
        set.hasMinSpeech() ? length("min_speech", set.getMinSpeech()) : defaults.minSpeech(),
        set.hasPreRoll() ? length("pre_roll", set.getPreRoll()) : defaults.preRoll(),
        hangover,
        trailingPadding,
        set.hasMaxUtterance()
            ? length("max_utterance", set.getMaxUtterance())
            : defaults.maxUtterance());
  }

  private static Duration length(String field, com.google.protobuf.Duration value) {
    if (!Durations.isValid(value)) {
      throw SpeechException.fieldInvalid(field, "a valid duration");
    }
    return Duration.ofSeconds(value.getSeconds(), value.getNanos());
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
