// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.catalogue;

import static halfsecond.monitor.catalogue.Metric.Direction.DOWN_IS_WORSE;
import static halfsecond.monitor.catalogue.Metric.Direction.TWO_SIDED;
import static halfsecond.monitor.catalogue.Metric.Direction.UP_IS_WORSE;
import static halfsecond.monitor.catalogue.Readings.seconds;

import halfsecond.monitor.catalogue.Metric.Direction;
import halfsecond.monitor.catalogue.Metric.Kind;
import halfsecond.monitor.catalogue.Metric.Source;
import halfsecond.monitor.record.AudioDelivery;
import halfsecond.monitor.record.ClipLength;
import halfsecond.monitor.record.ClipStatistics;
import halfsecond.monitor.record.Outcome;
import halfsecond.monitor.record.Stage;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What went in: how clips were cut, what the microphone heard, how the audio arrived. */
final class ClipMetrics {
  private ClipMetrics() {}

  static List<UtteranceMetric> all() {
    return List.of(
        clip(
            "vad.leading_silence",
            "s",
            TWO_SIDED,
            "Audio before the first voiced frame; moves with the detector and with how clients"
                + " start.",
            it -> seconds(it.leadingSilence())),
        clip(
            "vad.trailing_silence",
            "s",
            TWO_SIDED,
            "Audio after the last voiced frame; moves with the detector's hangover.",
            it -> seconds(it.trailingSilence())),
        length(
            "vad.clip_seconds",
            "Length of clips, padding included; moves with the detector and with what people say.",
            ClipLength::clip),
        length(
            "vad.speech_seconds",
            "From the first to the last voiced audio; moves with what people say.",
            ClipLength::speech),
        clip(
            "vad.speech_ratio",
            "1",
            TWO_SIDED,
            "Share of frames that are voiced; falls with noise, and with clips that are cut long.",
            ClipStatistics::speechRatio),
        clip(
            "pipeline.level",
            "dB",
            TWO_SIDED,
            "Loudness of clips relative to full scale; moves with devices and gain.",
            it -> it.levels().meanDbfs()),
        clip(
            "pipeline.peak_level",
            "dB",
            TWO_SIDED,
            "Loudest sample relative to full scale; moves with devices and gain.",
            it -> it.levels().peakDbfs()),
        clip(
            "pipeline.clipped_samples",
            "1",
            UP_IS_WORSE,
            "Share of samples at full scale; rises with too much gain.",
            it -> it.levels().clippingRatio()),
        clip(
            "pipeline.signal_to_noise",
            "dB",
            DOWN_IS_WORSE,
            "Voiced over unvoiced frames; falls where it is noisy.",
            it -> it.voice().signalToNoiseDb()),
        clip(
            "pipeline.pitch",
            "Hz",
            TWO_SIDED,
            "Fundamental frequency of voices; moves with who speaks, higher for children.",
            it -> it.voice().pitchHertz()),
        clip(
            "pipeline.spectral_centroid",
            "Hz",
            TWO_SIDED,
            "Where the energy of the sound lies; moves with microphones, codecs and who speaks.",
            it -> it.voice().spectralCentroidHertz()),
        arrival(
            "pipeline.missing_audio",
            Kind.DISTRIBUTION,
            "s",
            "Audio that was due when the utterance ended and had not arrived; rises with bad"
                + " networks.",
            it -> seconds(it.missing())),
        arrival(
            "pipeline.longest_gap",
            Kind.DISTRIBUTION,
            "s",
            "Longest pause between two audio messages; rises with bad networks.",
            it -> seconds(it.longestGap())),
        arrival(
            "pipeline.short_audio",
            Kind.PROPORTION,
            "1",
            "Utterances whose audio stopped before they ended; rises when clients close early or"
                + " break.",
            it -> Readings.flag(it.shortAudio())),
        new UtteranceMetric(
            new Metric(
                "pipeline.session_utterances",
                Stage.PIPELINE,
                Kind.DISTRIBUTION,
                "{utterance}",
                TWO_SIDED,
                "Which one of its session an utterance was; moves with how long people stay.",
                Source.UTTERANCES),
            Readings.utterance(
                it -> {
                  int position = it.origin().sessionUtterances();
                  return position == 0 ? null : (Double) (double) position;
                })));
  }

  private static UtteranceMetric clip(
      String name,
      String unit,
      Direction direction,
      String description,
      Function<ClipStatistics, @Nullable Double> value) {
    Stage stage = name.startsWith("vad.") ? Stage.VAD : Stage.PIPELINE;
    return new UtteranceMetric(
        new Metric(name, stage, Kind.DISTRIBUTION, unit, direction, description, Source.UTTERANCES),
        Readings.utterance(
            it -> {
              ClipStatistics statistics = it.clip().statistics();
              return statistics == null ? null : value.apply(statistics);
            }));
  }

  /** Of finals only: the contract gives every one of them a length. */
  private static UtteranceMetric length(
      String name, String description, Function<ClipLength, @Nullable Duration> value) {
    return new UtteranceMetric(
        new Metric(
            name, Stage.VAD, Kind.DISTRIBUTION, "s", TWO_SIDED, description, Source.UTTERANCES),
        Readings.utterance(
            it -> {
              ClipLength length = it.clip().length();
              return length == null || !(it.outcome() instanceof Outcome.Final)
                  ? null
                  : Readings.secondsIfSet(value.apply(length));
            }));
  }

  private static UtteranceMetric arrival(
      String name,
      Kind kind,
      String unit,
      String description,
      Function<AudioDelivery, @Nullable Double> value) {
    return new UtteranceMetric(
        new Metric(name, Stage.PIPELINE, kind, unit, UP_IS_WORSE, description, Source.UTTERANCES),
        Readings.utterance(
            it -> {
              AudioDelivery delivery = it.clip().delivery();
              return delivery == null ? null : value.apply(delivery);
            }));
  }
}
