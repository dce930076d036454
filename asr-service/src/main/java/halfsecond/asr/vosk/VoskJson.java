// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.vosk;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import halfsecond.asr.recognition.Alternative;
import halfsecond.asr.recognition.Confidence;
import halfsecond.asr.recognition.Recognition;
import halfsecond.asr.recognition.Recognizer;
import halfsecond.asr.recognition.RecognizerException;
import halfsecond.asr.recognition.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What libvosk says and is told, as JSON. */
final class VoskJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          // A likelihood can be "nan" or "inf".
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  private static final int SAMPLES_PER_MILLISECOND = Recognizer.SAMPLE_RATE / 1000;

  private static final String PARTIAL_START = "{\n  \"partial\" : \"";
  private static final String PARTIAL_END = "\"\n}";

  private VoskJson() {}

  private record Partial(@Nullable String partial) {}

  private record Spoken(
      @JsonProperty("word") String word,
      @JsonProperty("start") double start,
      @JsonProperty("end") double end,
      @JsonProperty("conf") @Nullable Double confidence) {}

  private record Candidate(
      @Nullable String text,
      @JsonProperty("confidence") double logLikelihood,
      @Nullable List<Spoken> result) {}

  private record Final(
      @Nullable String text,
      @Nullable List<Spoken> result,
      @Nullable List<Candidate> alternatives) {}

  /** A grammar: the phrases and nothing else. */
  static String grammar(List<String> phrases) throws JsonProcessingException {
    return MAPPER.writeValueAsString(phrases);
  }

  /**
   * The text of a partial result. There are many of them, and all but the strangest look alike, so
   * the parser is left out where the text stands there as it is.
   */
  static String partial(String json) {
    int end = json.length() - PARTIAL_END.length();
    if (end >= PARTIAL_START.length()
        && json.startsWith(PARTIAL_START)
        && json.endsWith(PARTIAL_END)) {
      String text = json.substring(PARTIAL_START.length(), end);
      if (text.indexOf('\\') < 0 && text.indexOf('"') < 0) {
        return text.strip();
      }
    }
    return Objects.requireNonNullElse(read(json, Partial.class).partial(), "").strip();
  }

  /**
   * @param earlierSamples where the clip starts on libvosk's clock
   * @param clipSamples length of the clip; no word ends after it
   */
  static Recognition recognition(String json, long earlierSamples, long clipSamples) {
    Final result = read(json, Final.class);
    Clock clock = new Clock(earlierSamples, clipSamples);
    return result.alternatives() == null
        ? single(result, clock)
        : several(result.alternatives(), clock);
  }

  private static Recognition single(Final result, Clock clock) {
    List<Word> words = words(result.result(), clock);
    String transcript = Objects.requireNonNullElse(result.text(), "").strip();
    return new Recognition(List.of(new Alternative(transcript, words, Confidence.ofWords(words))));
  }

  private static Recognition several(List<Candidate> candidates, Clock clock) {
    List<List<Word>> words = candidates.stream().map(c -> words(c.result(), clock)).toList();
    OptionalDouble confidence =
        Confidence.ofAlternatives(
            words.stream().map(VoskJson::texts).toList(),
            candidates.stream().map(c -> finite(c.logLikelihood())).toList());
    List<Alternative> alternatives = new ArrayList<>();
    for (List<Word> spoken : words) {
      alternatives.add(
          new Alternative(
              String.join(" ", texts(spoken)),
              spoken,
              alternatives.isEmpty() ? confidence : OptionalDouble.empty()));
    }
    return alternatives.isEmpty() ? Recognition.EMPTY : new Recognition(alternatives);
  }

  private static List<String> texts(List<Word> words) {
    return words.stream().map(Word::text).toList();
  }

  private static List<Word> words(@Nullable List<Spoken> spoken, Clock clock) {
    return spoken == null ? List.of() : spoken.stream().map(clock::word).toList();
  }

  private static double finite(double value) {
    return Double.isNaN(value) ? Double.NEGATIVE_INFINITY : value;
  }

  private static <T> T read(String json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      // Without the cause: its message quotes the text.
      throw new RecognizerException("libvosk's result is not the JSON it should be");
    }
  }

  /** Turns libvosk's seconds into samples of the clip, rounded to a millisecond. */
  private record Clock(float startSeconds, long clipSamples) {
    Clock(long earlierSamples, long clipSamples) {
      // The same single-precision quotient as in libvosk, so that it cancels out exactly.
      this((float) earlierSamples / (float) Recognizer.SAMPLE_RATE, clipSamples);
    }

    Word word(Spoken spoken) {
      long start = samples(spoken.start());
      OptionalDouble confidence =
          spoken.confidence() == null
              ? OptionalDouble.empty()
              : OptionalDouble.of(Math.max(0, Math.min(1, spoken.confidence())));
      return new Word(spoken.word(), start, Math.max(start, samples(spoken.end())), confidence);
    }

    private long samples(double seconds) {
      long milliseconds = Math.round((seconds - startSeconds) * 1000);
      return Math.max(0, Math.min(clipSamples, milliseconds * SAMPLES_PER_MILLISECOND));
    }
  }
}
