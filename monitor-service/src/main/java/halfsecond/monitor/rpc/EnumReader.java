// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import halfsecond.monitor.catalogue.TestKind;
import halfsecond.monitor.record.Attempts;
import halfsecond.monitor.record.AudioFormat;
import halfsecond.monitor.record.Feedback;
import halfsecond.monitor.record.Finality;
import halfsecond.monitor.record.Stage;
import halfsecond.monitor.record.TrafficClass;
import halfsecond.monitor.v1.CohortDimension;
import halfsecond.monitor.v1.ReplayCause;
import halfsecond.monitor.window.CohortKey;
import halfsecond.speech.v1.ErrorReason;
import halfsecond.speech.v1.RecognitionConfig.AudioEncoding;

/**
 * Values of the contract's enums in the words of the domain. What is unset, or from a newer
 * contract, is refused.
 */
final class EnumReader {
  private static final String REASON_PREFIX = "ERROR_REASON_";

  private EnumReader() {}

  static TrafficClass trafficClass(halfsecond.speech.v1.TrafficClass proto) {
    return switch (proto) {
      case TRAFFIC_CLASS_LIVE -> TrafficClass.LIVE;
      case TRAFFIC_CLASS_BATCH -> TrafficClass.BATCH;
      case TRAFFIC_CLASS_UNSPECIFIED, UNRECOGNIZED -> throw unknown("traffic_class");
    };
  }

  static AudioFormat.Encoding encoding(AudioEncoding proto) {
    return switch (proto) {
      case AUDIO_ENCODING_LINEAR16 -> AudioFormat.Encoding.LINEAR16;
      case AUDIO_ENCODING_MULAW -> AudioFormat.Encoding.MULAW;
      case AUDIO_ENCODING_ALAW -> AudioFormat.Encoding.ALAW;
      case AUDIO_ENCODING_UNSPECIFIED, UNRECOGNIZED -> throw unknown("encoding");
    };
  }

  static Finality finality(halfsecond.speech.v1.Finality proto) {
    return switch (proto) {
      case FINALITY_END_OF_SPEECH -> Finality.END_OF_SPEECH;
      case FINALITY_CLIENT_FINALIZE -> Finality.CLIENT_FINALIZE;
      case FINALITY_DEADLINE -> Finality.DEADLINE;
      case FINALITY_MAX_DURATION -> Finality.MAX_DURATION;
      case FINALITY_STREAM_END -> Finality.STREAM_END;
      case FINALITY_UNSPECIFIED, UNRECOGNIZED -> throw unknown("final_outcome.finality");
    };
  }

  /** The contract and {@link Reason} have the same names. */
  static Reason reason(ErrorReason proto) {
    if (proto == ErrorReason.ERROR_REASON_UNSPECIFIED || proto == ErrorReason.UNRECOGNIZED) {
      throw unknown("rejected_outcome.reason");
    }
    return Reason.valueOf(proto.name().substring(REASON_PREFIX.length()));
  }

  static ErrorReason reason(Reason reason) {
    return ErrorReason.valueOf(REASON_PREFIX + reason.name());
  }

  static Attempts.Cause cause(ReplayCause proto) {
    return switch (proto) {
      case REPLAY_CAUSE_LOST -> Attempts.Cause.LOST;
      case REPLAY_CAUSE_RESET -> Attempts.Cause.RESET;
      case REPLAY_CAUSE_DRAINING -> Attempts.Cause.DRAINING;
      case REPLAY_CAUSE_HUNG -> Attempts.Cause.HUNG;
      case REPLAY_CAUSE_SLOW -> Attempts.Cause.SLOW;
      case REPLAY_CAUSE_VAD_LOST -> Attempts.Cause.VAD_LOST;
      case REPLAY_CAUSE_UNSPECIFIED, UNRECOGNIZED -> throw unknown("replay_causes");
    };
  }

  static Feedback.Kind feedback(halfsecond.monitor.v1.Feedback.Kind proto) {
    return switch (proto) {
      case KIND_REDO -> Feedback.Kind.REDO;
      case KIND_SWITCH_TO_TYPING -> Feedback.Kind.SWITCH_TO_TYPING;
      case KIND_CLICK_THROUGH -> Feedback.Kind.CLICK_THROUGH;
      case KIND_CORRECTION -> Feedback.Kind.CORRECTION;
      case KIND_ABANDON -> Feedback.Kind.ABANDON;
      case KIND_ACCEPT -> Feedback.Kind.ACCEPT;
      case KIND_UNSPECIFIED, UNRECOGNIZED -> throw unknown("kind");
    };
  }

  static Stage stage(halfsecond.monitor.v1.Stage proto) {
    return switch (proto) {
      case STAGE_VAD -> Stage.VAD;
      case STAGE_ROUTE -> Stage.ROUTE;
      case STAGE_ASR -> Stage.ASR;
      case STAGE_DELIVER -> Stage.DELIVER;
      case STAGE_PIPELINE -> Stage.PIPELINE;
      case STAGE_UNSPECIFIED, UNRECOGNIZED -> throw unknown("stage");
    };
  }

  static TestKind test(String field, halfsecond.monitor.v1.TestKind proto) {
    return switch (proto) {
      case TEST_KIND_UNSPECIFIED, UNRECOGNIZED -> throw unknown(field);
      default -> TestKind.valueOf(proto.name().substring("TEST_KIND_".length()));
    };
  }

  static CohortKey.Dimension dimension(CohortDimension proto) {
    return switch (proto) {
      case COHORT_DIMENSION_APP_VERSION -> CohortKey.Dimension.APP_VERSION;
      case COHORT_DIMENSION_DEVICE -> CohortKey.Dimension.DEVICE;
      case COHORT_DIMENSION_REGION -> CohortKey.Dimension.REGION;
      case COHORT_DIMENSION_TENANT -> CohortKey.Dimension.TENANT;
      case COHORT_DIMENSION_AUDIO_FORMAT -> CohortKey.Dimension.AUDIO_FORMAT;
      case COHORT_DIMENSION_UNSPECIFIED, UNRECOGNIZED -> throw unknown("cohort.dimension");
    };
  }

  private static SpeechException unknown(String field) {
    return SpeechException.fieldInvalid(field, "one of the values of its type");
  }
}
