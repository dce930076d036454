// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.rpc;

import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import halfsecond.router.audio.AudioFormat;
import halfsecond.router.audio.Encoding;
import halfsecond.router.audio.WavFile;
import halfsecond.router.model.ModelRequest;
import halfsecond.router.session.EndpointingOptions;
import halfsecond.router.session.RecognitionOptions;
import halfsecond.router.session.SessionConfig;
import halfsecond.router.utterance.Cohort;
import halfsecond.router.utterance.TrafficClass;
import halfsecond.speech.v1.ClientContext;
import halfsecond.speech.v1.EndpointingMode;
import halfsecond.speech.v1.RecognitionConfig;
import halfsecond.speech.v1.RecognitionConfig.AudioEncoding;
import halfsecond.speech.v1.StreamingRecognitionConfig;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What clients ask for, checked against the limits of the contract before anything sees it. All
 * methods throw {@link SpeechException}: AUDIO_INVALID, PHRASES_INVALID, MODEL_NOT_FOUND for a name
 * that no model can have, and FIELD_INVALID for the rest.
 */
final class SessionConfigs {
  private static final Duration LEAST_BUDGET = Duration.ofMillis(200);
  private static final Duration MOST_BUDGET = Duration.ofSeconds(5);
  private static final int MODEL_CHARACTERS = 100;

  private SessionConfigs() {}

  static SessionConfig streaming(StreamingRecognitionConfig message, EdgeLimits limits) {
    if (!message.hasConfig()) {
      throw SpeechException.fieldInvalid("config", "set");
    }
    RecognitionConfig config = message.getConfig();
    TrafficClass traffic = traffic(config);
    boolean client = clientEndpointing(message.getEndpointingMode());
    if (client && message.hasEndpointing()) {
      throw SpeechException.fieldInvalid("endpointing", "left out with client-side endpointing");
    }
    Duration budget =
        Fields.duration(
                "latency_budget",
                message.hasLatencyBudget(),
                message.getLatencyBudget(),
                LEAST_BUDGET,
                MOST_BUDGET)
            .orElse(limits.defaultBudget());
    return new SessionConfig(
        format(config),
        model(config),
        recognition(config, message.getInterimResults()),
        traffic,
        message.getInterimResults(),
        message.getEnableVoiceActivityEvents(),
        client,
        EndpointingFields.read(message.getEndpointing()),
        traffic == TrafficClass.LIVE ? Optional.of(budget) : Optional.empty());
  }

  /** A whole clip of the given format: never cut short. */
  static SessionConfig clip(RecognitionConfig config, AudioFormat format) {
    return new SessionConfig(
        format,
        model(config),
        recognition(config, false),
        traffic(config),
        false,
        false,
        false,
        EndpointingOptions.DEFAULTS,
        Optional.empty());
  }

  static AudioFormat format(RecognitionConfig config) {
    Encoding encoding =
        encoding(config.getEncoding())
            .orElseThrow(
                () ->
                    new SpeechException(
                        Reason.AUDIO_INVALID, "encoding must be LINEAR16, MULAW or ALAW"));
    return AudioFormat.of(encoding, config.getSampleRateHertz());
  }

  /** The file, whose header must be what the config says where it says anything. */
  static WavFile agreeing(RecognitionConfig config, WavFile file) {
    Optional<Encoding> said = encoding(config.getEncoding());
    int rate = config.getSampleRateHertz();
    boolean sameEncoding = said.isEmpty() || said.get() == file.format().encoding();
    if (!sameEncoding || (rate != 0 && rate != file.format().sampleRate().hertz())) {
      throw new SpeechException(
          Reason.AUDIO_INVALID, "encoding and rate do not agree with the header of the WAV file");
    }
    return file;
  }

  private static Optional<Encoding> encoding(AudioEncoding encoding) {
    return switch (encoding) {
      case AUDIO_ENCODING_LINEAR16 -> Optional.of(Encoding.LINEAR16);
      case AUDIO_ENCODING_MULAW -> Optional.of(Encoding.MULAW);
      case AUDIO_ENCODING_ALAW -> Optional.of(Encoding.ALAW);
      case AUDIO_ENCODING_UNSPECIFIED -> Optional.empty();
      case UNRECOGNIZED ->
          throw new SpeechException(Reason.AUDIO_INVALID, "the encoding is not known");
    };
  }

  private static RecognitionOptions recognition(RecognitionConfig config, boolean interims) {
    Fields.range("config.audio_channel_count", config.getAudioChannelCount(), 0, 1);
    Fields.range("config.max_alternatives", config.getMaxAlternatives(), 0, 10);
    return new RecognitionOptions(
        Math.max(1, config.getMaxAlternatives()),
        config.getEnableWordTimeOffsets(),
        Fields.phrases(config.getPhrasesList()),
        interims);
  }

  private static ModelRequest model(RecognitionConfig config) {
    String model = config.getModel();
    if (!model.isEmpty() && !Fields.isName(model, MODEL_CHARACTERS)) {
      // Not echoed: it is no name.
      throw new SpeechException(
          Reason.MODEL_NOT_FOUND, "no model has such a name", Map.of("model", ""));
    }
    String language = config.getLanguageCode();
    if (!language.matches("([A-Za-z0-9]{1,8}(-[A-Za-z0-9]{1,8}){0,5})?")) {
      throw SpeechException.fieldInvalid("config.language_code", "a BCP-47 tag");
    }
    return new ModelRequest(model, language, cohort(config.getContext()));
  }

  private static Cohort cohort(ClientContext context) {
    return new Cohort(
        Fields.text("config.context.user_key", context.getUserKey()),
        Fields.text("config.context.app_version", context.getAppVersion()),
        Fields.text("config.context.device", context.getDevice()),
        Fields.text("config.context.region", context.getRegion()),
        Fields.text("config.context.tenant", context.getTenant()));
  }

  private static TrafficClass traffic(RecognitionConfig config) {
    return switch (config.getTrafficClass()) {
      case TRAFFIC_CLASS_UNSPECIFIED, TRAFFIC_CLASS_LIVE -> TrafficClass.LIVE;
      case TRAFFIC_CLASS_BATCH -> TrafficClass.BATCH;
      case UNRECOGNIZED ->
          throw SpeechException.fieldInvalid("config.traffic_class", "LIVE or BATCH");
    };
  }

  private static boolean clientEndpointing(EndpointingMode mode) {
    return switch (mode) {
      case ENDPOINTING_MODE_UNSPECIFIED, ENDPOINTING_MODE_SERVER -> false;
      case ENDPOINTING_MODE_CLIENT -> true;
      case UNRECOGNIZED ->
          throw SpeechException.fieldInvalid("endpointing_mode", "SERVER or CLIENT");
    };
  }
}
