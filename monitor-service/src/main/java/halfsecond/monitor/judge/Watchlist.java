// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import halfsecond.monitor.judge.Watched.Kind;
import halfsecond.monitor.judge.Watched.Role;
import halfsecond.monitor.record.ClipLength;
import halfsecond.monitor.record.ClipStatistics;
import halfsecond.monitor.record.Outcome;
import halfsecond.monitor.record.Stage;
import halfsecond.monitor.record.TextShape;
import halfsecond.monitor.record.UtteranceRecord;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is watched of every utterance from the first day. */
public final class Watchlist {
  /** Finals without words, of those for which recognition had a hypothesis. */
  public static final String NULL_TRANSCRIPTS = "asr.null_transcripts";

  /** Of what is measured: less than a quarter of a standard deviation is seen by nobody. */
  private static final double LEVEL = 0.25;

  /** Of what is counted: half as often again. */
  private static final double RATE = 0.5;

  private static final double NANOS = 1e9;

  private Watchlist() {}

  /** All of them, in the order of causes. */
  public static List<Watched> builtIn() {
    return List.of(
        clip("vad.leading_silence", Role.CUT, "s", 0.01, it -> seconds(it.leadingSilence())),
        clip("vad.trailing_silence", Role.CUT, "s", 0.01, it -> seconds(it.trailingSilence())),
        clip("pipeline.level", Role.AUDIO, "dB", 1, it -> it.levels().meanDbfs()),
        clip("pipeline.peak_level", Role.AUDIO, "dB", 1, it -> it.levels().peakDbfs()),
        clip("pipeline.clipped_samples", Role.AUDIO, "1", 0.001, it -> it.levels().clippingRatio()),
        voice("pipeline.signal_to_noise", "dB", 1, ClipStatistics.Voice::signalToNoiseDb),
        voice("pipeline.pitch", "Hz", 5, ClipStatistics.Voice::pitchHertz),
        voice("pipeline.spectral_centroid", "Hz", 20, ClipStatistics.Voice::spectralCentroidHertz),
        length("vad.clip_seconds", ClipLength::clip),
        length("vad.speech_seconds", ClipLength::speech),
        clip("vad.speech_ratio", Role.SHAPE, "1", 0.02, ClipStatistics::speechRatio),
        new Watched(
            NULL_TRANSCRIPTS,
            Stage.ASR,
            Role.OUTCOME,
            Kind.RATE,
            "1",
            RATE,
            0,
            utterance ->
                text(
                    utterance,
                    text -> text.nullTranscript() ? Double.valueOf(1) : Double.valueOf(0))),
        outcome("asr.confidence", "1", 0.02, TextShape::confidence),
        outcome("asr.words_per_second", "{word}/s", 0.1, TextShape::wordsPerSecond));
  }

  private static Watched clip(
      String metric,
      Role role,
      String unit,
      double grain,
      Function<ClipStatistics, @Nullable Double> value) {
    Stage stage = role == Role.AUDIO ? Stage.PIPELINE : Stage.VAD;
    return level(
        metric,
        stage,
        role,
        unit,
        grain,
        utterance -> {
          ClipStatistics statistics = utterance.clip().statistics();
          return statistics == null ? OptionalDouble.empty() : known(value.apply(statistics));
        });
  }

  private static Watched voice(
      String metric,
      String unit,
      double grain,
      Function<ClipStatistics.Voice, @Nullable Double> value) {
    return clip(metric, Role.AUDIO, unit, grain, it -> value.apply(it.voice()));
  }

  private static Watched length(String metric, Function<ClipLength, @Nullable Duration> value) {
    return level(
        metric,
        Stage.VAD,
        Role.SPEECH,
        "s",
        0.05,
        utterance -> {
          ClipLength length = utterance.clip().length();
          Duration found = length == null ? null : value.apply(length);
          return found == null ? OptionalDouble.empty() : OptionalDouble.of(seconds(found));
        });
  }

  private static Watched outcome(
      String metric, String unit, double grain, Function<TextShape, @Nullable Double> value) {
    return level(metric, Stage.ASR, Role.OUTCOME, unit, grain, utterance -> text(utterance, value));
  }

  private static Watched level(
      String metric, Stage stage, Role role, String unit, double grain, Watched.Reading reading) {
    return new Watched(metric, stage, role, Kind.LEVEL, unit, LEVEL, grain, reading);
  }

  /** Of a text that recognition had a hypothesis for. */
  private static OptionalDouble text(
      UtteranceRecord utterance, Function<TextShape, @Nullable Double> value) {
    return utterance.outcome() instanceof Outcome.Final answered && !answered.noHypothesis()
        ? known(value.apply(answered.text()))
        : OptionalDouble.empty();
  }

  private static OptionalDouble known(@Nullable Double value) {
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / NANOS;
  }
}
