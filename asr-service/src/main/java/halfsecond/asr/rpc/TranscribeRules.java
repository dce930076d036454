// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.rpc;

import com.google.protobuf.util.Durations;
import halfsecond.asr.model.ModelId;
import halfsecond.asr.recognition.ClipSpec;
import halfsecond.asr.recognition.Priority;
import halfsecond.asr.recognition.Recognizer;
import halfsecond.asr.v1.Finish;
import halfsecond.asr.v1.TranscribeConfig;
import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The limits that the contract states for what a caller of Transcribe sends. */
final class TranscribeRules {
  private static final int MAX_UTTERANCE_ID = 64;
  private static final Duration MAX_FINISH_WITHIN = Duration.ofHours(1);

  private TranscribeRules() {}

  /**
   * @throws SpeechException {@code FIELD_INVALID} or {@code AUDIO_INVALID}
   */
  static ClipSpec spec(TranscribeConfig config) {
    utteranceId(config.getUtteranceId());
    if (config.getAttempt() < 0) {
      throw SpeechException.fieldInvalid("attempt", "1 or more");
    }
    if (config.getSampleRateHertz() != Recognizer.SAMPLE_RATE) {
      throw new SpeechException(
          Reason.AUDIO_INVALID,
          "sample_rate_hertz must be " + Recognizer.SAMPLE_RATE,
          Map.of("field", "sample_rate_hertz", "limit", Integer.toString(Recognizer.SAMPLE_RATE)));
    }
    int alternatives = config.getMaxAlternatives();
    if (alternatives < 0 || alternatives > Recognizer.MAX_ALTERNATIVES) {
      throw SpeechException.fieldInvalid("max_alternatives", "0 to " + Recognizer.MAX_ALTERNATIVES);
    }
    return new ClipSpec(interval(config), Math.max(1, alternatives), priority(config));
  }

  /**
   * @throws SpeechException {@code FIELD_INVALID} if it is not the form of an id
   */
  static ModelId model(String text) {
    try {
      return ModelId.parse(text);
    } catch (IllegalArgumentException e) {
      throw SpeechException.fieldInvalid("model_version", "a name and a version, like en-small@2");
    }
  }

  /** Empty means no limit. */
  static Optional<Duration> within(Finish finish) {
    return finish.hasFinishWithin()
        ? Optional.of(
            duration("finish_within", finish.getFinishWithin(), Duration.ZERO, MAX_FINISH_WITHIN))
        : Optional.empty();
  }

  static Duration duration(
      String field, com.google.protobuf.Duration value, Duration least, Duration most) {
    String limit = least.toMillis() + " ms to " + most.toMillis() + " ms";
    if (!Durations.isValid(value)) {
      throw SpeechException.fieldInvalid(field, limit);
    }
    Duration duration = Duration.ofSeconds(value.getSeconds(), value.getNanos());
    if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
      throw SpeechException.fieldInvalid(field, limit);
    }
    return duration;
  }

  private static Duration interval(TranscribeConfig config) {
    return config.hasHypothesisInterval()
        ? duration(
            "hypothesis_interval",
            config.getHypothesisInterval(),
            ClipSpec.MIN_HYPOTHESIS_INTERVAL,
            ClipSpec.MAX_HYPOTHESIS_INTERVAL)
        : ClipSpec.DEFAULT_HYPOTHESIS_INTERVAL;
  }

  private static Priority priority(TranscribeConfig config) {
    return switch (config.getPriority()) {
      case PRIORITY_UNSPECIFIED, PRIORITY_LIVE -> Priority.LIVE;
      case PRIORITY_BATCH -> Priority.BATCH;
      case UNRECOGNIZED -> throw SpeechException.fieldInvalid("priority", "LIVE or BATCH");
    };
  }

  private static void utteranceId(String id) {
    boolean printable = id.chars().allMatch(c -> c > ' ' && c < 0x7f);
    if (id.isEmpty() || id.length() > MAX_UTTERANCE_ID || !printable) {
      throw SpeechException.fieldInvalid(
          "utterance_id",
          "1 to " + MAX_UTTERANCE_ID + " printable ASCII characters without spaces");
    }
  }
}
