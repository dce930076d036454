// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.rpc;

import halfsecond.asr.model.ModelManifest;
import halfsecond.asr.recognition.Alternative;
import halfsecond.asr.recognition.ClipResult;
import halfsecond.asr.recognition.DecodeStatistics;
import halfsecond.asr.recognition.Hypothesis;
import halfsecond.asr.recognition.Word;
import halfsecond.asr.serving.ModelState;
import halfsecond.asr.serving.ModelStatus;
import halfsecond.asr.v1.Completeness;
import halfsecond.asr.v1.FinalResult;
import halfsecond.asr.v1.Load;
import halfsecond.asr.v1.Model;
import halfsecond.asr.v1.Progress;
import halfsecond.asr.v1.RejectionReason;
import halfsecond.asr.v1.TranscribeConfig;
import halfsecond.asr.v1.TranscribeResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Our values as messages of the contract. */
final class Messages {
  private Messages() {}

  static com.google.protobuf.Duration duration(Duration value) {
    return com.google.protobuf.Duration.newBuilder()
        .setSeconds(value.getSeconds())
        .setNanos(value.getNano())
        .build();
  }

  static TranscribeResponse progress(long processedSamples, Optional<Load> load) {
    Progress.Builder message = Progress.newBuilder().setProcessedSamples(processedSamples);
    load.ifPresent(message::setLoad);
    return TranscribeResponse.newBuilder().setProgress(message).build();
  }

  static TranscribeResponse hypothesis(Hypothesis hypothesis) {
    return TranscribeResponse.newBuilder()
        .setHypothesis(
            halfsecond.asr.v1.Hypothesis.newBuilder()
                .setTranscript(hypothesis.transcript())
                .setStability((float) hypothesis.stability())
                .setProcessedSamples(hypothesis.processedSamples()))
        .build();
  }

  static TranscribeResponse result(ClipResult result, TranscribeConfig config) {
    FinalResult.Builder message =
        FinalResult.newBuilder()
            .setCompleteness(
                result.complete()
                    ? Completeness.COMPLETENESS_COMPLETE
                    : Completeness.COMPLETENESS_DEADLINE)
            .setAttempt(config.getAttempt())
            .setModelVersion(config.getModelVersion())
            .setProcessedSamples(result.processedSamples())
            .setStatistics(statistics(result.statistics()))
            .setRejection(
                result.rejected()
                    ? RejectionReason.REJECTION_REASON_NOISE
                    : RejectionReason.REJECTION_REASON_UNSPECIFIED);
    for (Alternative alternative : result.recognition().alternatives()) {
      boolean words = config.getEnableWords() && message.getAlternativesCount() == 0;
      message.addAlternatives(alternative(alternative, words));
    }
    return TranscribeResponse.newBuilder().setFinalResult(message).build();
  }

  static Model model(ModelStatus status) {
    Model.Builder message =
        Model.newBuilder()
            .setModelVersion(status.id().toString())
            .setState(state(status.state()))
            .setActiveClips(status.activeClips())
            .setProblem(status.problem());
    status.manifest().ifPresent(manifest -> describe(message, manifest));
    return message.build();
  }

  private static void describe(Model.Builder message, ModelManifest manifest) {
    Instant prepared = manifest.preparedAt();
    message
        .setContentHash(manifest.contentHash())
        .setLanguageCode(manifest.about().language())
        .setSource(manifest.about().source().origin())
        .setLicense(manifest.about().license())
        .setPrepareTime(
            com.google.protobuf.Timestamp.newBuilder()
                .setSeconds(prepared.getEpochSecond())
                .setNanos(prepared.getNano()))
        .putAllParameters(manifest.about().parameters())
        .setTrainingData(manifest.about().training().description());
  }

  private static Model.State state(ModelState state) {
    return switch (state) {
      case AVAILABLE -> Model.State.STATE_AVAILABLE;
      case LOADING -> Model.State.STATE_LOADING;
      case LOADED -> Model.State.STATE_LOADED;
      case UNLOADING -> Model.State.STATE_UNLOADING;
      case DAMAGED -> Model.State.STATE_DAMAGED;
    };
  }

  private static halfsecond.asr.v1.Alternative alternative(Alternative value, boolean words) {
    halfsecond.asr.v1.Alternative.Builder message =
        halfsecond.asr.v1.Alternative.newBuilder().setTranscript(value.transcript());
    value.confidence().ifPresent(confidence -> message.setConfidence((float) confidence));
    if (words) {
      value.words().forEach(word -> message.addWords(word(word)));
    }
    return message.build();
  }

  private static halfsecond.asr.v1.Word word(Word value) {
    halfsecond.asr.v1.Word.Builder message =
        halfsecond.asr.v1.Word.newBuilder()
            .setWord(value.text())
            .setStartSample(value.startSample())
            .setEndSample(value.endSample());
    value.confidence().ifPresent(confidence -> message.setConfidence((float) confidence));
    return message.build();
  }

  private static halfsecond.asr.v1.DecodeStatistics statistics(DecodeStatistics value) {
    return halfsecond.asr.v1.DecodeStatistics.newBuilder()
        .setDecodeTime(duration(value.decodeTime()))
        .setMaxQueueTime(duration(value.maxQueueTime()))
        .setFinalizeTime(duration(value.finalizeTime()))
        .setRealTimeFactor(value.realTimeFactor())
        .build();
  }
}
