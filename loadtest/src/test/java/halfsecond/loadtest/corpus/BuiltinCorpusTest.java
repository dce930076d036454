// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.common.audio.Audio16k;
import halfsecond.common.audio.Levels;
import halfsecond.vad.endpoint.Detector;
import halfsecond.vad.endpoint.EndpointingSettings;
import halfsecond.vad.endpoint.Progress;
import halfsecond.vad.endpoint.SpeechEnded;
import halfsecond.vad.endpoint.SpeechListener;
import halfsecond.vad.endpoint.SpeechStarted;
import halfsecond.vad.webrtc.WebRtcVad;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class BuiltinCorpusTest {
  private static List<Query> queries = List.of();

  @BeforeAll
  static void read() throws IOException {
    queries = Corpora.open("builtin").queries();
  }

  @Test
  void holdsTheTextsThatItWasMadeOf() throws Exception {
    List<String> texts =
        Files.readAllLines(Path.of("src/main/corpus/queries.txt")).stream()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.replaceFirst("^\\w+: ", "").replace(" | ", " "))
            .toList();

    assertThat(queries).hasSizeGreaterThanOrEqualTo(200);
    assertThat(queries).extracting(Query::transcript).containsExactlyElementsOf(texts);
    assertThat(queries).extracting(Query::name).doesNotHaveDuplicates();
  }

  @Test
  void rangesFromOneWordToLongSentences() {
    assertThat(queries)
        .allSatisfy(
            query ->
                assertThat(query.length())
                    .as(query.name())
                    .isBetween(Duration.ofMillis(900), Duration.ofSeconds(10)));
    assertThat(queries).anyMatch(query -> query.length().compareTo(Duration.ofMillis(1300)) < 0);
    assertThat(queries).anyMatch(query -> query.length().compareTo(Duration.ofSeconds(6)) > 0);
  }

  @Test
  void beginsAndEndsInAQuietRoom() {
    for (Query query : queries) {
      short[] audio = samples(query);
      int lead = (int) Audio16k.samples(BuiltinCorpus.LEAD);
      int trail = (int) Audio16k.samples(BuiltinCorpus.TRAIL);

      assertThat(level(audio, 0, lead)).as(query.name()).isBetween(-70.0, -66.0);
      assertThat(level(audio, audio.length - trail, audio.length)).isBetween(-70.0, -66.0);
      assertThat(query.speechEnd())
          .as(query.name())
          .isGreaterThan(query.length().dividedBy(3))
          .isLessThan(query.length().minusMillis(150));
    }
  }

  @Test
  void isSpokenAtManyLevelsAndNeverClips() {
    DoubleSummaryStatistics levels = new DoubleSummaryStatistics();
    for (Query query : queries) {
      short[] audio = samples(query);
      int lead = (int) Audio16k.samples(BuiltinCorpus.LEAD);
      int trail = (int) Audio16k.samples(BuiltinCorpus.TRAIL);
      Levels measured = new Levels();
      measured.add(audio, lead, audio.length - trail);
      levels.accept(measured.rmsDbfs());
      assertThat(measured.peakDbfs()).as(query.name()).isLessThan(-1);
    }
    assertThat(levels.getMin()).isBetween(-31.0, -28.0);
    assertThat(levels.getMax()).isBetween(-18.0, -6.0);
  }

  @Test
  void everyQueryIsOneUtteranceToTheDetector() {
    List<String> split = new ArrayList<>();
    for (Query query : queries) {
      int utterances = utterances(query);
      if (utterances != 1) {
        split.add(query.name() + ": " + utterances);
      }
    }
    assertThat(split).isEmpty();
  }

  @Test
  void isTheSameEveryTime() throws Exception {
    assertThat(Corpora.open("builtin").queries()).isEqualTo(queries);
  }

  private static short[] samples(Query query) {
    ShortBuffer buffer =
        query.audio().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    short[] samples = new short[buffer.remaining()];
    buffer.get(samples);
    return samples;
  }

  private static double level(short[] audio, int from, int to) {
    Levels levels = new Levels();
    levels.add(audio, from, to);
    return levels.rmsDbfs();
  }

  /** With the router's and the detector's defaults, and silence after the query. */
  private static int utterances(Query query) {
    EndpointingSettings settings =
        new EndpointingSettings(
            3,
            Duration.ofMillis(20),
            Duration.ofMillis(60),
            Duration.ofMillis(100),
            Duration.ofMillis(100),
            Duration.ofMillis(200),
            Duration.ofMillis(200),
            Duration.ofMillis(100),
            Duration.ofSeconds(30));
    Counting counting = new Counting();
    try (Detector detector =
        new Detector(settings, 16_000, 0, new WebRtcVad(16_000, 20, 3), counting)) {
      detector.hear(ShortBuffer.wrap(samples(query)));
      detector.hear(ShortBuffer.wrap(new short[8_000]));
    }
    return counting.ended;
  }

  private static final class Counting implements SpeechListener {
    private int ended;

    @Override
    public void speechStarted(SpeechStarted event) {}

    @Override
    public void progress(Progress event) {}

    @Override
    public void speechEnded(SpeechEnded event) {
      ended++;
    }
  }
}
