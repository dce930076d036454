// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad.rpc;

import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import halfsecond.vad.endpoint.ClipStatistics;
import halfsecond.vad.endpoint.Progress;
import halfsecond.vad.endpoint.SpeechEnded;
import halfsecond.vad.endpoint.SpeechStarted;
import halfsecond.vad.v1.DetectResponse;
import halfsecond.vad.v1.EndReason;

/** What the detector finds, as messages. */
final class Responses {
  private static final long NANOS = 1_000_000_000L;

  private Responses() {}

  static DetectResponse of(SpeechStarted event, String traceParent) {
    return DetectResponse.newBuilder()
        .setSpeechStarted(
            halfsecond.vad.v1.SpeechStarted.newBuilder()
                .setUtteranceIndex(event.utteranceIndex())
                .setClipStartSample(event.clipStart())
                .setSpeechStartSample(event.speechStart())
                .setAcknowledgedSample(event.acknowledged())
                .setTraceParent(traceParent))
        .build();
  }

  static DetectResponse of(Progress event) {
    halfsecond.vad.v1.Progress.Builder progress =
        halfsecond.vad.v1.Progress.newBuilder().setProcessedSample(event.processed());
    event.acknowledged().ifPresent(progress::setAcknowledgedSample);
    return DetectResponse.newBuilder().setProgress(progress).build();
  }

  static DetectResponse of(SpeechEnded event, int sampleRateHertz) {
    return DetectResponse.newBuilder()
        .setSpeechEnded(
            halfsecond.vad.v1.SpeechEnded.newBuilder()
                .setUtteranceIndex(event.utteranceIndex())
                .setClipStartSample(event.clipStart())
                .setClipEndSample(event.clipEnd())
                .setSpeechEndSample(event.speechEnd())
                .setDecidedSample(event.decided())
                .setReason(reason(event.reason()))
                .setStatistics(statistics(event, sampleRateHertz)))
        .build();
  }

  private static halfsecond.vad.v1.ClipStatistics statistics(
      SpeechEnded event, int sampleRateHertz) {
    ClipStatistics measured = event.statistics();
    halfsecond.vad.v1.ClipStatistics.Builder statistics =
        halfsecond.vad.v1.ClipStatistics.newBuilder()
            .setSpeechRatio(measured.speechRatio())
            .setMeanLevelDbfs(measured.meanLevelDbfs())
            .setPeakLevelDbfs(measured.peakLevelDbfs())
            .setClippingRatio(measured.clippingRatio())
            .setLeadingSilence(length(event.speechStart() - event.clipStart(), sampleRateHertz))
            .setTrailingSilence(length(event.clipEnd() - event.speechEnd(), sampleRateHertz));
    measured.signalToNoiseDb().ifPresent(statistics::setSignalToNoiseDb);
    measured.pitchHertz().ifPresent(statistics::setPitchHertz);
    measured.spectralCentroidHertz().ifPresent(statistics::setSpectralCentroidHertz);
    return statistics.build();
  }

  private static Duration length(long samples, int sampleRateHertz) {
    return Durations.fromNanos(samples * NANOS / sampleRateHertz);
  }

  private static EndReason reason(halfsecond.vad.endpoint.EndReason reason) {
    return switch (reason) {
      case END_OF_SPEECH -> EndReason.END_REASON_END_OF_SPEECH;
      case FINALIZE -> EndReason.END_REASON_FINALIZE;
      case MAX_DURATION -> EndReason.END_REASON_MAX_DURATION;
      case STREAM_END -> EndReason.END_REASON_STREAM_END;
    };
  }
}
