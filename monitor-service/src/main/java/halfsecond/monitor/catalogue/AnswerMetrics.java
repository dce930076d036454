// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.catalogue;

import static halfsecond.monitor.catalogue.Metric.Direction.DOWN_IS_WORSE;
import static halfsecond.monitor.catalogue.Metric.Direction.TWO_SIDED;
import static halfsecond.monitor.catalogue.Metric.Direction.UP_IS_WORSE;
import static halfsecond.monitor.catalogue.Readings.flag;

import halfsecond.monitor.catalogue.Metric.Direction;
import halfsecond.monitor.catalogue.Metric.Kind;
import halfsecond.monitor.catalogue.Metric.Source;
import halfsecond.monitor.catalogue.UtteranceMetric.Reading;
import halfsecond.monitor.record.ClipLength;
import halfsecond.monitor.record.DecodeStatistics;
import halfsecond.monitor.record.Finality;
import halfsecond.monitor.record.Outcome;
import halfsecond.monitor.record.PartialStatistics;
import halfsecond.monitor.record.UtteranceRecord;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What came out: answers, refusals, and what recognition did for them. */
final class AnswerMetrics {
  /** So much speech has words in it. */
  private static final Duration SURELY_WORDS = Duration.ofSeconds(1);

  private AnswerMetrics() {}

  static List<UtteranceMetric> all() {
    return List.of(
        counter(
            UtteranceMetrics.UTTERANCES,
            "{utterance}",
            DOWN_IS_WORSE,
            "Finals and refusals; as a rate this is throughput.",
            Readings.utterance(it -> 1.0)),
        proportion(
            UtteranceMetrics.REFUSALS,
            "Refused utterances, of all; rises when capacity is short.",
            Readings.utterance(it -> flag(it.outcome() instanceof Outcome.Rejected))),
        distribution(
            "pipeline.refusal_latency",
            "s",
            UP_IS_WORSE,
            "From the start of speech to the refusal; should stay below 50 ms.",
            Readings.utterance(
                it ->
                    it.outcome() instanceof Outcome.Rejected refused
                        ? Readings.secondsIfSet(refused.latency())
                        : null)),
        proportion(
            UtteranceMetrics.REPLAYS,
            "Utterances that were tried more than once; rises with lost, hung or slow backends.",
            Readings.utterance(it -> flag(it.recognition().attempts().replayed()))),
        proportion(
            UtteranceMetrics.NULL_TRANSCRIPTS,
            "Finals without words, of those for which recognition had a hypothesis; moves with how"
                + " clips are cut, with noise, and with the model.",
            Readings.heard(it -> flag(it.text().nullTranscript()))),
        proportion(
            UtteranceMetrics.NOISE_REJECTIONS,
            "Finals whose words were withheld as noise, of those for which recognition had a"
                + " hypothesis; rises with noise that the detector takes for speech.",
            Readings.heard(it -> flag(it.text().noiseRejected()))),
        proportion(
            "asr.empty_after_speech",
            "Finals without words although at least 1 s of speech was heard, of those with that"
                + " much; noise apart, recognition failed.",
            AnswerMetrics::emptyAfterSpeech),
        distribution(
            UtteranceMetrics.CONFIDENCE,
            "1",
            DOWN_IS_WORSE,
            "What recognition thinks of its answers; moves with the model and with the audio.",
            Readings.heard(it -> it.text().confidence())),
        distribution(
            UtteranceMetrics.WORDS_PER_SECOND,
            "{word}/s",
            TWO_SIDED,
            "Words over the length of speech; falls when words are lost.",
            Readings.heard(it -> it.text().wordsPerSecond())),
        distribution(
            UtteranceMetrics.REAL_TIME_FACTOR,
            "1",
            UP_IS_WORSE,
            "Processor time of decoding over audio time; moves with the model and with contention.",
            decoded(DecodeStatistics::realTimeFactor)),
        distribution(
            "asr.finalize_time",
            "s",
            UP_IS_WORSE,
            "From being told to finish until the final was ready; moves with the model and load.",
            decoded(it -> Readings.secondsIfSet(it.finalizeTime()))),
        distribution(
            "asr.decode_wait",
            "s",
            UP_IS_WORSE,
            "Longest time that audio of an utterance waited for a decoding thread; rises when"
                + " cores are short.",
            decoded(it -> Readings.secondsIfSet(it.maxQueueTime()))),
        counter(
            UtteranceMetrics.LATE_ANSWERS,
            "{utterance}",
            UP_IS_WORSE,
            "Full answers that came after the deadline had been answered; rises with overload.",
            Readings.late(it -> 1.0)),
        proportion(
            UtteranceMetrics.LATE_ANSWERS_CHANGED,
            "Late answers that differ from what was sent, of all late answers.",
            Readings.late(it -> flag(it.changedWords() > 0))),
        counter(
            UtteranceMetrics.TRUNCATED_WORDS,
            "{word}",
            UP_IS_WORSE,
            "Words that the deadline cut off; rises with overload.",
            Readings.late(it -> (double) it.truncatedWords())),
        distribution(
            "deliver.partial_churn",
            "1",
            UP_IS_WORSE,
            "Words of interim results that were taken back, over the words of the final; moves"
                + " with the model.",
            AnswerMetrics::churn));
  }

  private static OptionalDouble emptyAfterSpeech(UtteranceRecord utterance) {
    ClipLength length = utterance.clip().length();
    Duration speech = length == null ? null : length.speech();
    return speech == null || speech.compareTo(SURELY_WORDS) < 0
        ? Readings.none()
        : Readings.heard(it -> flag(it.text().nullTranscript())).of(utterance);
  }

  private static OptionalDouble churn(UtteranceRecord utterance) {
    PartialStatistics partials = utterance.recognition().partials();
    return partials == null || partials.sent() == 0
        ? Readings.none()
        : Readings.answered(
                it ->
                    it.text().wordCount() == 0
                        ? null
                        : (Double) ((double) partials.retractedWords() / it.text().wordCount()))
            .of(utterance);
  }

  /** Of a cut final only what its late answer says: decoding had not finished before. */
  private static Reading decoded(Function<DecodeStatistics, @Nullable Double> value) {
    return it -> {
      DecodeStatistics decode = it.recognition().decode();
      boolean cut =
          it.outcome() instanceof Outcome.Final its && its.finality() == Finality.DEADLINE;
      return decode == null || cut ? Readings.none() : Readings.known(value.apply(decode));
    };
  }

  private static UtteranceMetric counter(
      String name, String unit, Direction direction, String description, Reading reading) {
    return of(name, Kind.COUNTER, unit, direction, description, reading);
  }

  private static UtteranceMetric proportion(String name, String description, Reading reading) {
    return of(name, Kind.PROPORTION, "1", UP_IS_WORSE, description, reading);
  }

  private static UtteranceMetric distribution(
      String name, String unit, Direction direction, String description, Reading reading) {
    return of(name, Kind.DISTRIBUTION, unit, direction, description, reading);
  }

  private static UtteranceMetric of(
      String name,
      Kind kind,
      String unit,
      Direction direction,
      String description,
      Reading reading) {
    return new UtteranceMetric(
        new Metric(
            name,
            UtteranceMetrics.stageOf(name),
            kind,
            unit,
            direction,
            description,
            Source.UTTERANCES),
        reading);
  }
}
