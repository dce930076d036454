// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import com.google.protobuf.util.Durations;
import halfsecond.monitor.v1.ClipStatistics;
import halfsecond.monitor.v1.Cohort;
import halfsecond.monitor.v1.DecodeStatistics;
import halfsecond.monitor.v1.FinalOutcome;
import halfsecond.monitor.v1.LateAnswer;
import halfsecond.monitor.v1.LatencyInstants;
import halfsecond.monitor.v1.ModelChoice;
import halfsecond.monitor.v1.RejectedOutcome;
import halfsecond.monitor.v1.ReplayCause;
import halfsecond.monitor.v1.UtteranceRecord;
import halfsecond.speech.v1.ErrorReason;
import halfsecond.speech.v1.Finality;
import halfsecond.speech.v1.RecognitionConfig.AudioEncoding;
import halfsecond.speech.v1.TrafficClass;
import java.time.Duration;
import java.time.Instant;

/** Records to begin with, and to make wrong. */
public final class TestRecords {
  /** A quarter past noon. */
  public static final Instant NOW = Instant.parse("2026-11-22T12:15:00Z");

  private TestRecords() {}

  /** What the router says of an ordinary utterance: 300 ms in all, words at confidence 0.9. */
  public static UtteranceRecord.Builder answered(String id) {
    return common(id)
        .setModel(
            ModelChoice.newBuilder()
                .setModelVersion("en-small@1")
                .setRule("default")
                .setProbability(1))
        .setClip(
            ClipStatistics.newBuilder()
                .setSpeechRatio(0.7)
                .setMeanLevelDbfs(-24)
                .setPeakLevelDbfs(-6)
                .setLeadingSilence(Durations.fromMillis(200))
                .setTrailingSilence(Durations.fromMillis(180))
                .setSignalToNoiseDb(25)
                .setPitchHertz(180)
                .setSpectralCentroidHertz(1_500))
        .setClipDuration(Durations.fromMillis(2_000))
        .setSpeechDuration(Durations.fromMillis(1_600))
        .setLatency(latency(200, 210, 290, 300).setBudget(Durations.fromMillis(500)))
        .setFinalOutcome(
            FinalOutcome.newBuilder()
                .setFinality(Finality.FINALITY_END_OF_SPEECH)
                .setConfidence(0.9)
                .setWordCount(4)
                .setWordsPerSecond(2.5))
        .setDecode(
            DecodeStatistics.newBuilder()
                .setDecodeTime(Durations.fromMillis(60))
                .setMaxQueueTime(Durations.fromMillis(3))
                .setFinalizeTime(Durations.fromMillis(11))
                .setRealTimeFactor(0.03)
                .setBackend("asr-0"))
        .setAttempts(1);
  }

  /** The same without words. */
  public static UtteranceRecord.Builder empty(String id) {
    return answered(id)
        .setFinalOutcome(
            FinalOutcome.newBuilder()
                .setFinality(Finality.FINALITY_END_OF_SPEECH)
                .setNullTranscript(true));
  }

  /** Cut at the deadline. */
  public static UtteranceRecord.Builder cut(String id) {
    return answered(id)
        .clearDecode()
        .setLatency(latency(200, 210, 490, 501).setBudget(Durations.fromMillis(500)))
        .setFinalOutcome(
            FinalOutcome.newBuilder().setFinality(Finality.FINALITY_DEADLINE).setWordCount(3));
  }

  /** The full answer after a cut one. */
  public static UtteranceRecord.Builder late(String id) {
    return common(id)
        .setRevision(2)
        .setModel(answered(id).getModel())
        .setDecode(DecodeStatistics.newBuilder().setRealTimeFactor(0.5))
        .setLateAnswer(
            LateAnswer.newBuilder().setWordCount(5).setTruncatedWords(2).setChangedWords(2));
  }

  /** Refused for load before a model was chosen. */
  public static UtteranceRecord.Builder rejected(String id) {
    return common(id)
        .setRejectedOutcome(
            RejectedOutcome.newBuilder().setReason(ErrorReason.ERROR_REASON_SATURATED).setCode(8));
  }

  /** Tried twice. */
  public static UtteranceRecord.Builder replayed(String id) {
    return answered(id).setAttempts(2).addReplayCauses(ReplayCause.REPLAY_CAUSE_LOST);
  }

  public static LatencyInstants.Builder latency(int endpoint, int routed, int decoded, int sent) {
    return LatencyInstants.newBuilder()
        .setEndpointDecided(Durations.fromMillis(endpoint))
        .setRouted(Durations.fromMillis(routed))
        .setDecodeDone(Durations.fromMillis(decoded))
        .setSent(Durations.fromMillis(sent));
  }

  /** As the domain has it. */
  public static halfsecond.monitor.record.UtteranceRecord read(UtteranceRecord.Builder record) {
    return RecordReader.read(record.build());
  }

  /** The same utterance at another time. */
  public static UtteranceRecord.Builder at(Instant time, UtteranceRecord.Builder record) {
    return record.setEventTime(Times.timestamp(time));
  }

  /** The same utterance some time before {@link #NOW}. */
  public static UtteranceRecord.Builder ago(Duration age, UtteranceRecord.Builder record) {
    return at(NOW.minus(age), record);
  }

  private static UtteranceRecord.Builder common(String id) {
    return UtteranceRecord.newBuilder()
        .setUtteranceId(id)
        .setRevision(1)
        .setSessionId("session-1")
        .setEventTime(Times.timestamp(NOW.minusSeconds(30)))
        .setCohort(
            Cohort.newBuilder()
                .setUserHash("0123456789abcdef")
                .setAppVersion("3.14.1")
                .setDevice("Pixel 9")
                .setRegion("eu-west")
                .setTenant("acme"))
        .setTrafficClass(TrafficClass.TRAFFIC_CLASS_LIVE)
        .setEncoding(AudioEncoding.AUDIO_ENCODING_LINEAR16)
        .setSampleRateHertz(16_000)
        .setSessionUtterances(1)
        .setTraceId("0af7651916cd43dd8448eb211c80319c");
  }
}
