// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.redo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedoWatchTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  private final RedoWatch watch = new RedoWatch();
  private int number;
  private long nanos;

  /** An answer whose speech began so many milliseconds after the answer before. */
  private Optional<Redo> say(String text, int after) {
    nanos += Duration.ofMillis(after).toNanos();
    long start = nanos;
    nanos += Duration.ofSeconds(2).toNanos();
    List<String> words = text.isBlank() ? List.of() : Arrays.asList(text.split(" "));
    return watch.answered("u-" + ++number, words, start, NOON, nanos);
  }

  @ParameterizedTest(name = "{0} / {1}: {2}")
  @CsvSource({
    "play some jazz music, play some jazz music, 1",
    "play some jazz music, Play some JAZZ music, 1",
    "play some jazz music, play jazz music, 0.857142857",
    "play some chess music, play some jazz music, 0.75",
    "call her, no call her now, 0.666666667",
    "one two three four five, three two one six seven, 0.6"
  })
  void substantiallyTheSameAgainIsARedo(String first, String second, double similarity) {
    assertThat(say(first, 0)).isEmpty();

    Redo redo = say(second, 1_500).orElseThrow();

    assertThat(redo.utteranceId()).isEqualTo("u-1");
    assertThat(redo.redoUtteranceId()).isEqualTo("u-2");
    assertThat(redo.similarity()).isCloseTo(similarity, within(1e-6));
    assertThat(redo.delay()).isEqualTo(Duration.ofMillis(1_500));
    assertThat(redo.at()).isEqualTo(NOON);
  }

  @ParameterizedTest(name = "{0} / {1}")
  @CsvSource({
    "play some jazz music, what time is it",
    "play some jazz music, play it some time later",
    "the the the the, the cat sat there"
  })
  void somethingElseIsNone(String first, String second) {
    say(first, 0);

    assertThat(say(second, 1_500)).isEmpty();
  }

  @Test
  void whatComesTooLateOrBeforeTheAnswerIsNone() {
    say("play some jazz", 0);
    assertThat(say("play some jazz", 30_001)).isEmpty();
    assertThat(say("play some jazz", 30_000)).isPresent();
    assertThat(say("play some jazz", -1)).isEmpty();
  }

  @Test
  void anEmptyAnswerInBetweenChangesNothing() {
    say("play some jazz", 0);
    assertThat(say("", 1_000)).isEmpty();

    assertThat(say("play some jazz", 1_000).orElseThrow().utteranceId()).isEqualTo("u-1");
  }

  @Test
  void eachRepetitionIsARedoOfTheOneBefore() {
    say("play some jazz", 0);
    assertThat(say("play some jazz", 1_000).orElseThrow().utteranceId()).isEqualTo("u-1");
    assertThat(say("play some jazz", 1_000).orElseThrow().utteranceId()).isEqualTo("u-2");
  }

  @Test
  void ofLongAnswersTheBeginningIsCompared() {
    String longer = String.join(" ", IntStream.range(0, 300).mapToObj(i -> "w" + i).toList());
    say(longer, 0);

    assertThat(say(longer + " and on", 1_000).orElseThrow().similarity()).isEqualTo(1);
  }

  @Test
  void hashesOfTwoSessionsHaveNothingInCommon() {
    List<String> words = List.of("play", "some", "jazz");

    assertThat(new WordHashes().of(words)).isNotEqualTo(new WordHashes().of(words));
    WordHashes same = new WordHashes();
    assertThat(same.of(words)).isEqualTo(same.of(words)).hasSize(3);
  }
}
