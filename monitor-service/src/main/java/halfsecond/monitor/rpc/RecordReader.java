// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import halfsecond.common.error.SpeechException;
import halfsecond.monitor.record.Attempts;
import halfsecond.monitor.record.AudioDelivery;
import halfsecond.monitor.record.AudioFormat;
import halfsecond.monitor.record.Clip;
import halfsecond.monitor.record.ClipLength;
import halfsecond.monitor.record.Cohort;
import halfsecond.monitor.record.DecodeStatistics;
import halfsecond.monitor.record.LatencyInstants;
import halfsecond.monitor.record.Limits;
import halfsecond.monitor.record.ModelChoice;
import halfsecond.monitor.record.Origin;
import halfsecond.monitor.record.PartialStatistics;
import halfsecond.monitor.record.Recognition;
import halfsecond.monitor.record.RecordId;
import halfsecond.monitor.v1.UtteranceRecord;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reads records. Each is taken whole or refused with {@code FIELD_INVALID} that names the first
 * field that is wrong.
 */
final class RecordReader {
  private RecordReader() {}

  /**
   * @throws SpeechException {@code FIELD_INVALID}
   */
  static halfsecond.monitor.record.UtteranceRecord read(UtteranceRecord proto) {
    return new halfsecond.monitor.record.UtteranceRecord(
        new RecordId(proto.getUtteranceId(), proto.getRevision()),
        origin(proto),
        proto.hasModel() ? model(proto.getModel()) : null,
        clip(proto),
        proto.hasLatency() ? latency(proto.getLatency()) : null,
        OutcomeReader.read(proto),
        recognition(proto),
        proto.getTraceId());
  }

  private static Origin origin(UtteranceRecord proto) {
    Limits.check(proto.hasEventTime(), "event_time", "set");
    return new Origin(
        proto.getSessionId(),
        Times.instant("event_time", proto.getEventTime()),
        proto.getSessionUtterances(),
        proto.hasCohort() ? cohort(proto.getCohort()) : Cohort.UNKNOWN,
        EnumReader.trafficClass(proto.getTrafficClass()),
        new AudioFormat(EnumReader.encoding(proto.getEncoding()), proto.getSampleRateHertz()));
  }

  private static Cohort cohort(halfsecond.monitor.v1.Cohort proto) {
    return new Cohort(
        proto.getUserHash(),
        proto.getAppVersion(),
        proto.getDevice(),
        proto.getRegion(),
        proto.getTenant());
  }

  private static ModelChoice model(halfsecond.monitor.v1.ModelChoice proto) {
    return new ModelChoice(
        proto.getModelVersion(),
        proto.getRule(),
        proto.getProbability(),
        proto.getRolloutId(),
        proto.getArm(),
        proto.getShadow());
  }

  private static Clip clip(UtteranceRecord proto) {
    ClipLength length = null;
    if (proto.hasClipDuration()) {
      length =
          new ClipLength(
              Times.duration("clip_duration", proto.getClipDuration()),
              proto.hasSpeechDuration()
                  ? Times.duration("speech_duration", proto.getSpeechDuration())
                  : null);
    }
    return new Clip(
        length,
        proto.hasClip() ? ClipStatisticsReader.read(proto.getClip()) : null,
        proto.hasAudio() ? delivery(proto.getAudio()) : null);
  }

  private static AudioDelivery delivery(halfsecond.monitor.v1.AudioDelivery proto) {
    return new AudioDelivery(
        Times.duration("audio.missing", proto.getMissing()),
        Times.duration("audio.longest_gap", proto.getLongestGap()),
        proto.getShortAudio());
  }

  private static LatencyInstants latency(halfsecond.monitor.v1.LatencyInstants proto) {
    Limits.check(proto.hasEndpointDecided(), "latency.endpoint_decided", "set");
    Limits.check(proto.hasRouted(), "latency.routed", "set");
    Limits.check(proto.hasDecodeDone(), "latency.decode_done", "set");
    Limits.check(proto.hasSent(), "latency.sent", "set");
    return new LatencyInstants(
        Times.duration("latency.endpoint_decided", proto.getEndpointDecided()),
        Times.duration("latency.routed", proto.getRouted()),
        Times.duration("latency.decode_done", proto.getDecodeDone()),
        Times.duration("latency.sent", proto.getSent()),
        optional("latency.budget", proto.hasBudget(), proto.getBudget()),
        optional("latency.asr_finalize", proto.hasAsrFinalize(), proto.getAsrFinalize()),
        optional(
            "latency.speech_end_offset", proto.hasSpeechEndOffset(), proto.getSpeechEndOffset()));
  }

  private static Recognition recognition(UtteranceRecord proto) {
    return new Recognition(
        proto.hasDecode() ? decode(proto.getDecode()) : null,
        proto.hasPartials() ? partials(proto.getPartials()) : null,
        new Attempts(
            proto.getAttempts(),
            proto.getReplayCausesList().stream().map(EnumReader::cause).toList()));
  }

  private static DecodeStatistics decode(halfsecond.monitor.v1.DecodeStatistics proto) {
    return new DecodeStatistics(
        optional("decode.decode_time", proto.hasDecodeTime(), proto.getDecodeTime()),
        optional("decode.max_queue_time", proto.hasMaxQueueTime(), proto.getMaxQueueTime()),
        optional("decode.finalize_time", proto.hasFinalizeTime(), proto.getFinalizeTime()),
        proto.hasRealTimeFactor() ? proto.getRealTimeFactor() : null,
        proto.getBackend());
  }

  private static PartialStatistics partials(halfsecond.monitor.v1.PartialStatistics proto) {
    return new PartialStatistics(proto.getSent(), proto.getDropped(), proto.getRetractedWords());
  }

  private static @Nullable Duration optional(
      String field, boolean set, com.google.protobuf.Duration proto) {
    return set ? Times.duration(field, proto) : null;
  }
}
