// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import halfsecond.monitor.record.Attempts;
import halfsecond.monitor.record.AudioFormat;
import halfsecond.monitor.record.Cohort;
import halfsecond.monitor.record.LatencyInstants;
import halfsecond.monitor.record.Outcome;
import halfsecond.monitor.record.RecordId;
import halfsecond.monitor.record.Stage;
import halfsecond.monitor.v1.AudioDelivery;
import halfsecond.monitor.v1.PartialStatistics;
import halfsecond.monitor.v1.ReplayCause;
import halfsecond.monitor.v1.UtteranceRecord;
import halfsecond.speech.v1.ErrorReason;
import halfsecond.speech.v1.Finality;
import halfsecond.speech.v1.RecognitionConfig.AudioEncoding;
import halfsecond.speech.v1.TrafficClass;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class RecordReaderTest {
  private static final Duration MINUTE_AND_A_BIT = Durations.fromSeconds(61);
  private static final Duration TOO_LONG = Durations.fromMinutes(11);
  private static final String LONG_NAME = "ö".repeat(51);

  @Test
  void readsAnOrdinaryFinal() {
    halfsecond.monitor.record.UtteranceRecord read = TestRecords.read(TestRecords.answered("u-1"));

    assertThat(read.id()).isEqualTo(new RecordId("u-1", 1));
    assertThat(read.origin().eventTime()).isEqualTo(TestRecords.NOW.minusSeconds(30));
    assertThat(read.origin().cohort().tenant()).isEqualTo("acme");
    assertThat(read.origin().format())
        .isEqualTo(new AudioFormat(AudioFormat.Encoding.LINEAR16, 16_000));
    assertThat(read.model()).isNotNull();
    LatencyInstants latency = Objects.requireNonNull(read.latency());
    assertThat(Arrays.stream(Stage.values()).map(latency::of))
        .extracting(java.time.Duration::toMillis)
        .containsExactly(200L, 10L, 80L, 10L, 300L);
    assertThat(read.outcome()).isInstanceOf(Outcome.Final.class);
    assertThat(read.shadow()).isFalse();
  }

  @Test
  void readsARefusalWithoutModelClipOrCohort() {
    UtteranceRecord.Builder bare = TestRecords.rejected("u-1").clearCohort();

    halfsecond.monitor.record.UtteranceRecord read = TestRecords.read(bare);

    assertThat(read.model()).isNull();
    assertThat(read.origin().cohort()).isEqualTo(Cohort.UNKNOWN);
    assertThat(read.outcome()).isEqualTo(new Outcome.Rejected(Reason.SATURATED, 8, null));
  }

  @Test
  void readsALateAnswer() {
    halfsecond.monitor.record.UtteranceRecord read = TestRecords.read(TestRecords.late("u-1"));

    assertThat(read.id()).isEqualTo(new RecordId("u-1", RecordId.LATE));
    assertThat(read.outcome()).isInstanceOf(Outcome.Late.class);
  }

  @Test
  void readsWhyAttemptsWereGivenUp() {
    halfsecond.monitor.record.UtteranceRecord read = TestRecords.read(TestRecords.replayed("u-1"));

    assertThat(read.recognition().attempts().replayed()).isTrue();
    assertThat(read.recognition().attempts().causes()).containsExactly(Attempts.Cause.LOST);
  }

  @ParameterizedTest
  @EnumSource(
      names = {"ERROR_REASON_UNSPECIFIED", "UNRECOGNIZED"},
      mode = EnumSource.Mode.EXCLUDE)
  void knowsEveryReasonOfTheContract(ErrorReason reason) {
    assertThat(EnumReader.reason(EnumReader.reason(reason))).isEqualTo(reason);
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void theContractKnowsEveryReason(Reason reason) {
    assertThat(EnumReader.reason(EnumReader.reason(reason))).isEqualTo(reason);
  }

  @ParameterizedTest
  @EnumSource(
      names = {"FINALITY_UNSPECIFIED", "UNRECOGNIZED"},
      mode = EnumSource.Mode.EXCLUDE)
  void knowsEveryFinality(Finality finality) {
    assertThat(finality.name()).isEqualTo("FINALITY_" + EnumReader.finality(finality).name());
  }

  @ParameterizedTest
  @EnumSource(
      names = {"REPLAY_CAUSE_UNSPECIFIED", "UNRECOGNIZED"},
      mode = EnumSource.Mode.EXCLUDE)
  void knowsEveryCause(ReplayCause cause) {
    assertThat(cause.name()).isEqualTo("REPLAY_CAUSE_" + EnumReader.cause(cause).name());
  }

  /** One thing wrong with an otherwise good record. */
  record Wrong(String field, String how, UtteranceRecord.Builder record) {
    @Override
    public String toString() {
      return field + " " + how;
    }
  }

  static Stream<Wrong> wrongRecords() {
    return Stream.of(
        wrong("utterance_id", "missing", r -> r.clearUtteranceId()),
        wrong("utterance_id", "too long", r -> r.setUtteranceId("u".repeat(65))),
        wrong("utterance_id", "with a space", r -> r.setUtteranceId("u 1")),
        wrong("revision", "0", r -> r.setRevision(0)),
        wrong("revision", "3", r -> r.setRevision(3)),
        wrong("session_id", "missing", r -> r.clearSessionId()),
        wrong("event_time", "missing", r -> r.clearEventTime()),
        wrong("event_time", "nonsense", r -> r.setEventTime(Timestamp.newBuilder().setNanos(-1))),
        wrong("session_utterances", "negative", r -> r.setSessionUtterances(-1)),
        wrong("model", "missing", r -> r.clearModel()),
        wrong("model.model_version", "unnamed", r -> r.getModelBuilder().setModelVersion("other")),
        wrong("model.model_version", "bad", r -> r.getModelBuilder().setModelVersion("a b@1")),
        wrong("model.probability", "0", r -> r.getModelBuilder().setProbability(0)),
        wrong("model.probability", "NaN", r -> r.getModelBuilder().setProbability(Double.NaN)),
        wrong("model.probability", "above 1", r -> r.getModelBuilder().setProbability(1.1)),
        wrong("model.rule", "too long", r -> r.getModelBuilder().setRule(LONG_NAME)),
        wrong("model.rollout_id", "too long", r -> r.getModelBuilder().setRolloutId(LONG_NAME)),
        wrong("model.arm", "too long", r -> r.getModelBuilder().setArm(LONG_NAME)),
        wrong("cohort.user_hash", "a key", r -> r.getCohortBuilder().setUserHash("jane@x.org")),
        wrong("cohort.app_version", "too long", r -> r.getCohortBuilder().setAppVersion(LONG_NAME)),
        wrong("cohort.device", "too long", r -> r.getCohortBuilder().setDevice(LONG_NAME)),
        wrong("cohort.region", "too long", r -> r.getCohortBuilder().setRegion(LONG_NAME)),
        wrong("cohort.tenant", "too long", r -> r.getCohortBuilder().setTenant(LONG_NAME)),
        wrong("traffic_class", "missing", r -> r.clearTrafficClass()),
        wrong("traffic_class", "unknown", r -> r.setTrafficClassValue(99)),
        wrong("encoding", "missing", r -> r.clearEncoding()),
        wrong("encoding", "unknown", r -> r.setEncodingValue(99)),
        wrong("sample_rate_hertz", "0", r -> r.setSampleRateHertz(0)),
        wrong("sample_rate_hertz", "96000", r -> r.setSampleRateHertz(96_000)),
        wrong("clip.speech_ratio", "above 1", r -> r.getClipBuilder().setSpeechRatio(1.01)),
        wrong("clip.mean_level_dbfs", "above 0", r -> r.getClipBuilder().setMeanLevelDbfs(1)),
        wrong(
            "clip.peak_level_dbfs",
            "infinite",
            r -> r.getClipBuilder().setPeakLevelDbfs(Double.NEGATIVE_INFINITY)),
        wrong("clip.clipping_ratio", "NaN", r -> r.getClipBuilder().setClippingRatio(Double.NaN)),
        wrong(
            "clip.leading_silence",
            "negative",
            r -> r.getClipBuilder().setLeadingSilence(Durations.fromMillis(-1))),
        wrong(
            "clip.trailing_silence",
            "too long",
            r -> r.getClipBuilder().setTrailingSilence(MINUTE_AND_A_BIT)),
        wrong("clip.signal_to_noise_db", "121", r -> r.getClipBuilder().setSignalToNoiseDb(121)),
        wrong("clip.pitch_hertz", "3", r -> r.getClipBuilder().setPitchHertz(3)),
        wrong(
            "clip.spectral_centroid_hertz",
            "30000",
            r -> r.getClipBuilder().setSpectralCentroidHertz(30_000)),
        wrong("clip_duration", "missing", r -> r.clearClipDuration()),
        wrong("clip_duration", "too long", r -> r.setClipDuration(MINUTE_AND_A_BIT)),
        wrong(
            "clip_duration",
            "nonsense",
            r -> r.setClipDuration(Duration.newBuilder().setSeconds(1).setNanos(-1))),
        wrong(
            "speech_duration",
            "longer than the clip",
            r -> r.setSpeechDuration(Durations.fromMillis(2_001))),
        wrong("latency", "missing", r -> r.clearLatency()),
        wrong(
            "latency.endpoint_decided",
            "missing",
            r -> r.getLatencyBuilder().clearEndpointDecided()),
        wrong("latency.routed", "missing", r -> r.getLatencyBuilder().clearRouted()),
        wrong("latency.decode_done", "missing", r -> r.getLatencyBuilder().clearDecodeDone()),
        wrong("latency.sent", "missing", r -> r.getLatencyBuilder().clearSent()),
        wrong(
            "latency.endpoint_decided",
            "negative",
            r -> r.setLatency(TestRecords.latency(-1, 210, 290, 300))),
        wrong(
            "latency.routed",
            "decreasing",
            r -> r.setLatency(TestRecords.latency(200, 199, 290, 300))),
        wrong(
            "latency.decode_done",
            "decreasing",
            r -> r.setLatency(TestRecords.latency(200, 210, 209, 300))),
        wrong(
            "latency.sent",
            "decreasing",
            r -> r.setLatency(TestRecords.latency(200, 210, 290, 289))),
        wrong("latency.sent", "too long", r -> r.getLatencyBuilder().setSent(TOO_LONG)),
        wrong(
            "latency.budget",
            "too small",
            r -> r.getLatencyBuilder().setBudget(Durations.fromMillis(199))),
        wrong("latency.asr_finalize", "long", r -> r.getLatencyBuilder().setAsrFinalize(TOO_LONG)),
        wrong(
            "latency.speech_end_offset",
            "negative",
            r -> r.getLatencyBuilder().setSpeechEndOffset(Durations.fromSeconds(-1))),
        wrong("outcome", "missing", r -> r.clearOutcome()),
        wrong(
            "outcome",
            "late in revision 1",
            r -> r.setLateAnswer(TestRecords.late("x").getLateAnswer())),
        wrong("outcome", "final in revision 2", r -> r.setRevision(2)),
        wrong("final_outcome.finality", "missing", r -> r.getFinalOutcomeBuilder().clearFinality()),
        wrong(
            "final_outcome.no_hypothesis",
            "without deadline",
            r -> r.getFinalOutcomeBuilder().setNoHypothesis(true)),
        wrong(
            "final_outcome.word_count",
            "words in nothing",
            r -> r.getFinalOutcomeBuilder().setNullTranscript(true)),
        wrong(
            "outcome.noise_rejected",
            "with words",
            r -> r.getFinalOutcomeBuilder().setNoiseRejected(true)),
        wrong("outcome.confidence", "2", r -> r.getFinalOutcomeBuilder().setConfidence(2)),
        wrong("outcome.word_count", "1001", r -> r.getFinalOutcomeBuilder().setWordCount(1_001)),
        wrong(
            "outcome.words_per_second",
            "101",
            r -> r.getFinalOutcomeBuilder().setWordsPerSecond(101)),
        wrong("decode.decode_time", "long", r -> r.getDecodeBuilder().setDecodeTime(TOO_LONG)),
        wrong("decode.max_queue_time", "long", r -> r.getDecodeBuilder().setMaxQueueTime(TOO_LONG)),
        wrong("decode.finalize_time", "long", r -> r.getDecodeBuilder().setFinalizeTime(TOO_LONG)),
        wrong(
            "decode.real_time_factor",
            "NaN",
            r -> r.getDecodeBuilder().setRealTimeFactor(Double.NaN)),
        wrong("decode.backend", "too long", r -> r.getDecodeBuilder().setBackend(LONG_NAME)),
        wrong(
            "partials.sent", "-1", r -> r.setPartials(PartialStatistics.newBuilder().setSent(-1))),
        wrong(
            "partials.dropped",
            "-1",
            r -> r.setPartials(PartialStatistics.newBuilder().setDropped(-1))),
        wrong(
            "partials.retracted_words",
            "-1",
            r -> r.setPartials(PartialStatistics.newBuilder().setRetractedWords(-1))),
        wrong("attempts", "11", r -> r.setAttempts(11)),
        wrong(
            "replay_causes", "unset", r -> r.addReplayCauses(ReplayCause.REPLAY_CAUSE_UNSPECIFIED)),
        wrong(
            "audio.missing",
            "negative",
            r -> r.setAudio(AudioDelivery.newBuilder().setMissing(Durations.fromMillis(-1)))),
        wrong(
            "audio.longest_gap",
            "too long",
            r -> r.setAudio(AudioDelivery.newBuilder().setLongestGap(TOO_LONG))),
        wrong("trace_id", "upper case", r -> r.setTraceId("A".repeat(32))),
        wrongIn(
            TestRecords.late("u-1"),
            "late_answer.truncated_words",
            r -> r.getLateAnswerBuilder().setTruncatedWords(-1)),
        wrongIn(
            TestRecords.late("u-1"),
            "late_answer.changed_words",
            r -> r.getLateAnswerBuilder().setChangedWords(-1)),
        wrongIn(
            TestRecords.late("u-1"),
            "late_answer.word_count",
            r -> r.getLateAnswerBuilder().setWordCount(0)),
        wrongIn(
            TestRecords.late("u-1"),
            "late_answer.decode_done",
            r -> r.getLateAnswerBuilder().setDecodeDone(TOO_LONG)),
        wrongIn(TestRecords.late("u-1"), "outcome", r -> r.setRevision(1)),
        wrongIn(
            TestRecords.rejected("u-1"),
            "rejected_outcome.reason",
            r -> r.getRejectedOutcomeBuilder().clearReason()),
        wrongIn(
            TestRecords.rejected("u-1"),
            "rejected_outcome.code",
            r -> r.getRejectedOutcomeBuilder().setCode(0)),
        wrongIn(
            TestRecords.rejected("u-1"),
            "rejected_outcome.refusal_latency",
            r -> r.getRejectedOutcomeBuilder().setRefusalLatency(TOO_LONG)),
        wrongIn(
            TestRecords.empty("u-1"),
            "outcome.words_per_second",
            r -> r.getFinalOutcomeBuilder().setWordsPerSecond(1)));
  }

  @ParameterizedTest
  @MethodSource("wrongRecords")
  void namesTheFieldThatIsWrongAndNeverItsValue(Wrong wrong) {
    assertThatExceptionOfType(SpeechException.class)
        .isThrownBy(() -> RecordReader.read(wrong.record().build()))
        .satisfies(
            e -> {
              assertThat(e.reason()).isEqualTo(Reason.FIELD_INVALID);
              assertThat(e.metadata()).containsEntry("field", wrong.field()).containsKey("limit");
              assertThat(e.text()).doesNotContain("jane");
            });
  }

  @ParameterizedTest
  @EnumSource(
      value = AudioEncoding.class,
      names = {"AUDIO_ENCODING_UNSPECIFIED", "UNRECOGNIZED"},
      mode = EnumSource.Mode.EXCLUDE)
  void knowsEveryEncoding(AudioEncoding encoding) {
    assertThat(encoding.name()).isEqualTo("AUDIO_ENCODING_" + EnumReader.encoding(encoding).name());
  }

  @ParameterizedTest
  @EnumSource(
      value = TrafficClass.class,
      names = {"TRAFFIC_CLASS_UNSPECIFIED", "UNRECOGNIZED"},
      mode = EnumSource.Mode.EXCLUDE)
  void knowsEveryTrafficClass(TrafficClass traffic) {
    assertThat(traffic.name())
        .isEqualTo("TRAFFIC_CLASS_" + EnumReader.trafficClass(traffic).name());
  }

  private static Wrong wrong(String field, String how, Consumer<UtteranceRecord.Builder> breaking) {
    UtteranceRecord.Builder record = TestRecords.answered("u-1");
    breaking.accept(record);
    return new Wrong(field, how, record);
  }

  private static Wrong wrongIn(
      UtteranceRecord.Builder record, String field, Consumer<UtteranceRecord.Builder> breaking) {
    String outcome = record.getOutcomeCase().name();
    breaking.accept(record);
    return new Wrong(field, "in " + outcome, record);
  }
}
