// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import halfsecond.monitor.catalogue.Metric;
import halfsecond.monitor.catalogue.UtteranceMetric;
import halfsecond.monitor.catalogue.UtteranceMetrics;
import halfsecond.monitor.judge.Watched.Kind;
import halfsecond.monitor.judge.Watched.Role;
import halfsecond.monitor.record.Feedback;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What is watched of every utterance from the first day. What each one is and how it is read is in
 * the catalogue; here is where it stands in the order of causes and what change of it is notable.
 */
public final class Watchlist {
  /** Finals without words, of those for which recognition had a hypothesis. */
  public static final String NULL_TRANSCRIPTS = UtteranceMetrics.NULL_TRANSCRIPTS;

  /** Of what is measured: less than a quarter of a standard deviation is seen by nobody. */
  private static final double LEVEL = 0.25;

  /** Of what is counted: half as often again. */
  private static final double RATE = 0.5;

  private static final UtteranceMetrics CATALOGUE = UtteranceMetrics.usual();

  private Watchlist() {}

  /** All of them, in the order of causes. */
  public static List<Watched> builtIn() {
    return List.of(
        level("vad.leading_silence", Role.CUT, 0.01),
        level("vad.trailing_silence", Role.CUT, 0.01),
        level("pipeline.level", Role.AUDIO, 1),
        level("pipeline.peak_level", Role.AUDIO, 1),
        level("pipeline.clipped_samples", Role.AUDIO, 0.001),
        level("pipeline.signal_to_noise", Role.AUDIO, 1),
        level("pipeline.pitch", Role.AUDIO, 5),
        level("pipeline.spectral_centroid", Role.AUDIO, 20),
        level("vad.clip_seconds", Role.SPEECH, 0.05),
        level("vad.speech_seconds", Role.SPEECH, 0.05),
        level("vad.speech_ratio", Role.SHAPE, 0.02),
        watched(NULL_TRANSCRIPTS, Role.OUTCOME, Kind.RATE, RATE, 0),
        level("asr.confidence", Role.OUTCOME, 0.02),
        level("asr.words_per_second", Role.OUTCOME, 0.1),
        reaction(Feedback.Kind.REDO),
        reaction(Feedback.Kind.SWITCH_TO_TYPING),
        reaction(Feedback.Kind.CLICK_THROUGH),
        reaction(Feedback.Kind.CORRECTION),
        reaction(Feedback.Kind.ABANDON),
        reaction(Feedback.Kind.ACCEPT));
  }

  /** What users do is known later, and not read from the record. */
  private static Watched reaction(Feedback.Kind kind) {
    String name = UtteranceMetrics.feedback(kind);
    Metric metric = CATALOGUE.of(name).metric();
    return new Watched(
        name,
        metric.stage(),
        Role.REACTION,
        Kind.RATE,
        metric.unit(),
        RATE,
        0,
        it -> OptionalDouble.empty());
  }

  private static Watched level(String name, Role role, double grain) {
    return watched(name, role, Kind.LEVEL, LEVEL, grain);
  }

  private static Watched watched(String name, Role role, Kind kind, double notable, double grain) {
    UtteranceMetric known = CATALOGUE.of(name);
    Metric metric = known.metric();
    return new Watched(
        name, metric.stage(), role, kind, metric.unit(), notable, grain, known.reading()::of);
  }
}
