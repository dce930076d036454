// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Durations;
import halfsecond.deploy.client.AudioSource;
import halfsecond.deploy.client.Pace;
import halfsecond.deploy.client.Received;
import halfsecond.deploy.client.SpeechClient;
import halfsecond.deploy.client.StreamOptions;
import halfsecond.deploy.client.StreamedSession;
import halfsecond.deploy.client.WireFormat;
import halfsecond.deploy.pipeline.Pipeline;
import halfsecond.speech.v1.LatencyBreakdown;
import halfsecond.speech.v1.RecognitionConfig;
import halfsecond.speech.v1.RecognitionConfig.AudioEncoding;
import halfsecond.speech.v1.StreamingRecognitionConfig;
import halfsecond.speech.v1.StreamingRecognitionResult;
import halfsecond.speech.v1.TrafficClass;
import halfsecond.testing.Clip;
import halfsecond.testing.RecordedSpeech;
import halfsecond.testing.TestAudio;
import halfsecond.testing.WordErrorRate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The ten recorded clips through a running pipeline, beside the bare engine on the same files in
 * the same run.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RecordedSpeechContract {

  private static final List<WireFormat> FORMATS =
      List.of(
          new WireFormat(AudioEncoding.AUDIO_ENCODING_LINEAR16, 8_000),
          new WireFormat(AudioEncoding.AUDIO_ENCODING_LINEAR16, 48_000),
          new WireFormat(AudioEncoding.AUDIO_ENCODING_MULAW, 8_000),
          new WireFormat(AudioEncoding.AUDIO_ENCODING_MULAW, 16_000));

  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** The endpointer's default. */
  private static final Duration PRE_ROLL = Duration.ofMillis(200);

  private static final Duration OFFSET_TOLERANCE = Duration.ofMillis(300);

  private final Report report = new Report(getClass().getSimpleName());
  private Pipeline pipeline;
  private SpeechClient client;
  private RawVosk raw;
  private List<Clip> clips;

  /** Starts the pipeline in the shape under test. */
  abstract Pipeline start() throws Exception;

  /** How many speak live at the same time. */
  abstract int speakers();

  @BeforeAll
  void startPipeline() throws Exception {
    clips = RecordedSpeech.clips();
    raw = new RawVosk();
    pipeline = start();
    client = Pipelines.client(pipeline);
  }

  @AfterAll
  void stopPipeline() {
    if (client != null) {
      client.close();
    }
    if (pipeline != null) {
      pipeline.close();
    }
    if (raw != null) {
      raw.close();
    }
  }

  @Test
  void hearsLiveSpeechAsWellAsTheEngineHearsWholeFiles() throws Exception {
    WordErrorRate live = WordErrorRate.NONE;
    WordErrorRate bare = WordErrorRate.NONE;
    List<Duration> waits = new ArrayList<>();
    List<Duration> waitsFromLastWord = new ArrayList<>();
    List<Duration> finalizations = new ArrayList<>();
    warmUp();

    List<StreamedSession> sessions = stream(this::streamLive);
    for (int i = 0; i < clips.size(); i++) {
      Clip clip = clips.get(i);
      StreamedSession session = sessions.get(i);
      RawVosk.Heard heard = raw.hear(clip.samples());
      live = live.plus(WordErrorRate.of(clip.transcript(), text(session)));
      bare = bare.plus(WordErrorRate.of(clip.transcript(), heard.transcript()));
      finalizations.add(heard.finalization());
      Received last = lastFinal(session);
      waits.add(session.waitedFor(last));
      waitsFromLastWord.add(
          Duration.ofNanos(last.nanos() - session.startNanos()).minus(heard.lastWordEnd()));
      assertSensible(last.response().getResult());
    }

    report.line(
        "LINEAR16 16 kHz, live, %d at a time: word error rate %s; bare engine on whole files %s",
        speakers(), live, bare);
    report.line("final latency from the end of speech: %s", Report.spread(waits));
    report.line("final latency from the last word's end: %s", Report.spread(waitsFromLastWord));
    report.line("bare engine, last 100 ms handed over to final: %s", Report.spread(finalizations));
    assertThat(live.errors())
        .as("word errors, live against bare")
        .isLessThanOrEqualTo(bare.errors());
    try (Measurements measurements = new Measurements(pipeline)) {
      measurements.awaitOfAnUtterance();
    }
  }

  /**
   * Word for word against the engine on the whole files as the door decodes them; over all formats
   * together also against the engine on files converted by arithmetic that is not ours.
   */
  @Test
  void hearsEveryFormatAsWellAsTheEngineHearsTheSameAudio() throws Exception {
    WordErrorRate allStreamed = WordErrorRate.NONE;
    WordErrorRate allIndependent = WordErrorRate.NONE;
    for (WireFormat format : FORMATS) {
      WordErrorRate streamed = WordErrorRate.NONE;
      WordErrorRate bare = WordErrorRate.NONE;
      WordErrorRate independent = WordErrorRate.NONE;
      List<StreamedSession> sessions =
          stream(clip -> streamFast(SpokenAudio.in(format, clip.samples())));
      hearAtOnce(format);
      for (int i = 0; i < clips.size(); i++) {
        Clip clip = clips.get(i);
        AudioSource sent = SpokenAudio.in(format, clip.samples());
        String heardBare = raw.hear(SpokenAudio.decodedByTheDoor(format, sent)).transcript();
        String heardIndependent =
            raw.hear(SpokenAudio.heardThrough(format, clip.samples())).transcript();
        streamed = streamed.plus(WordErrorRate.of(clip.transcript(), text(sessions.get(i))));
        bare = bare.plus(WordErrorRate.of(clip.transcript(), heardBare));
        independent = independent.plus(WordErrorRate.of(clip.transcript(), heardIndependent));
      }
      report.line(
          "%s: word error rate %s; bare engine %s; converted otherwise %s",
          format, streamed, bare, independent);
      assertThat(streamed.errors())
          .as("word errors in %s, pipeline against bare", format)
          .isLessThanOrEqualTo(bare.errors());
      allStreamed = allStreamed.plus(streamed);
      allIndependent = allIndependent.plus(independent);
    }
    assertThat(allStreamed.errors())
        .as("word errors over all formats, against the engine on independently converted audio")
        .isLessThanOrEqualTo(allIndependent.errors());
  }

  /** With the noise floor of a quiet room between the clips, as a microphone hears a pause. */
  @Test
  void hearsTenUtterancesInOneSessionWhereTheyAre() throws Exception {
    hearTenInOneSession(
        "a quiet room",
        TestAudio.whiteNoise(1, -60, PAUSE),
        bare(TestAudio.silence(Duration.ZERO)));
  }

  /**
   * With pauses of nothing but zeros, as from a muted line. The jump out of them starts each clip
   * at once, so that its pre-roll is zeros, and the engine itself hears such files less well.
   */
  @Test
  void hearsTenUtterancesBetweenDigitalSilence() throws Exception {
    hearTenInOneSession(
        "digital silence", TestAudio.silence(PAUSE), bare(TestAudio.silence(PRE_ROLL)));
  }

  /** The engine on the clips, with so much before each. */
  private WordErrorRate bare(short[] before) {
    WordErrorRate bare = WordErrorRate.NONE;
    for (Clip clip : clips) {
      String heard = raw.hear(TestAudio.concat(before, clip.samples())).transcript();
      bare = bare.plus(WordErrorRate.of(clip.transcript(), heard));
    }
    return bare;
  }

  private void hearTenInOneSession(String between, short[] pause, WordErrorRate bare)
      throws Exception {
    List<short[]> parts = new ArrayList<>();
    List<Duration> starts = new ArrayList<>();
    Duration position = Duration.ZERO;
    for (Clip clip : clips) {
      parts.add(pause);
      position = position.plus(PAUSE);
      starts.add(position);
      parts.add(clip.samples());
      position = position.plus(clip.duration());
    }
    parts.add(pause);
    short[] all = TestAudio.concat(parts.toArray(short[][]::new));

    for (int rate : List.of(16_000, 48_000)) {
      WireFormat format = new WireFormat(AudioEncoding.AUDIO_ENCODING_LINEAR16, rate);
      List<StreamingRecognitionResult> finals =
          streamFast(SpokenAudio.in(format, all)).result().orThrow().finals();

      assertThat(finals).as("finals at %d Hz", rate).hasSameSizeAs(clips);
      WordErrorRate together = WordErrorRate.NONE;
      for (int i = 0; i < clips.size(); i++) {
        StreamingRecognitionResult result = finals.get(i);
        assertWithin(result, starts.get(i), starts.get(i).plus(clips.get(i).duration()));
        String heard = result.getAlternatives(0).getTranscript();
        together = together.plus(WordErrorRate.of(clips.get(i).transcript(), heard));
      }
      report.line(
          "ten clips in one session at %d Hz, %s between: word error rate %s; bare engine %s",
          rate, between, together, bare);
      assertThat(together.errors())
          .as("word errors in one session at %d Hz, against bare", rate)
          .isLessThanOrEqualTo(bare.errors());
    }
  }

  private static void assertWithin(
      StreamingRecognitionResult result, Duration start, Duration end) {
    Duration earliest = start.minus(OFFSET_TOLERANCE);
    Duration latest = end.plus(OFFSET_TOLERANCE);
    assertThat(offset(result.getResultStartOffset())).isBetween(earliest, end);
    assertThat(offset(result.getResultEndOffset())).isBetween(start, latest);
    assertThat(result.getAlternatives(0).getWordsList())
        .allSatisfy(word -> assertThat(offset(word.getStartOffset())).isBetween(earliest, latest));
  }

  /** So that the engine's answers are there when they are asked for one by one. */
  private void hearAtOnce(WireFormat format) throws Exception {
    List<short[]> audio = new ArrayList<>();
    for (Clip clip : clips) {
      AudioSource sent = SpokenAudio.in(format, clip.samples());
      audio.add(SpokenAudio.decodedByTheDoor(format, sent));
      audio.add(SpokenAudio.heardThrough(format, clip.samples()));
    }
    audio.parallelStream().forEach(raw::hear);
  }

  @Test
  void hearsTheSameInTheSameAudioHoweverItIsSent() throws Exception {
    for (Clip clip : clips) {
      AudioSource source = SpokenAudio.in(WireFormat.LINEAR16_16K, clip.samples());
      String once = text(streamFast(source));
      StreamOptions otherPieces =
          new StreamOptions(
              Duration.ofMillis(170),
              Pace.unlimited(),
              Duration.ofMillis(600),
              StreamOptions.LONGEST,
              Duration.ofSeconds(60));
      String again =
          text(
              client.stream(
                  source, config(TrafficClass.TRAFFIC_CLASS_BATCH), otherPieces, answer -> {}));
      String third = text(streamFast(source));

      assertThat(List.of(again, third)).as(clip.name()).containsOnly(once);
    }
  }

  private void warmUp() throws Exception {
    var unused = streamFast(SpokenAudio.in(WireFormat.LINEAR16_16K, clips.get(0).samples()));
  }

  /** What a clip becomes in a session of its own. */
  private interface Streaming {
    StreamedSession of(Clip clip) throws Exception;
  }

  /** All clips, as many at a time as there are speakers. */
  private List<StreamedSession> stream(Streaming streaming) throws Exception {
    ExecutorService speakers = Executors.newFixedThreadPool(speakers());
    try {
      List<StreamedSession> sessions = new ArrayList<>();
      for (Future<StreamedSession> session :
          speakers.invokeAll(
              clips.stream()
                  .<Callable<StreamedSession>>map(clip -> () -> streaming.of(clip))
                  .toList())) {
        sessions.add(session.get());
      }
      return sessions;
    } finally {
      speakers.shutdownNow();
    }
  }

  private StreamedSession streamLive(Clip clip) throws Exception {
    AudioSource source = SpokenAudio.in(WireFormat.LINEAR16_16K, clip.samples());
    StreamOptions options =
        new StreamOptions(
            Duration.ofMillis(20),
            Pace.realTime(),
            Duration.ofMillis(600),
            StreamOptions.LONGEST,
            Duration.ofSeconds(60));
    return client.stream(source, config(TrafficClass.TRAFFIC_CLASS_LIVE), options, answer -> {});
  }

  private StreamedSession streamFast(AudioSource source) throws Exception {
    StreamOptions options = StreamOptions.fast().withTail(Duration.ofMillis(600));
    return client.stream(source, config(TrafficClass.TRAFFIC_CLASS_BATCH), options, answer -> {});
  }

  private static StreamingRecognitionConfig config(TrafficClass traffic) {
    return StreamingRecognitionConfig.newBuilder()
        .setInterimResults(true)
        .setConfig(
            RecognitionConfig.newBuilder()
                .setModel(TestModels.VERSION.toString())
                .setEnableWordTimeOffsets(true)
                .setTrafficClass(traffic))
        .build();
  }

  private static String text(StreamedSession session) {
    return String.join(
        " ",
        session.result().orThrow().finals().stream()
            .map(result -> result.getAlternatives(0).getTranscript())
            .filter(text -> !text.isEmpty())
            .toList());
  }

  private static Received lastFinal(StreamedSession session) {
    List<Received> finals = session.result().received().stream().filter(Received::isFinal).toList();
    return finals.get(finals.size() - 1);
  }

  private static void assertSensible(StreamingRecognitionResult result) {
    LatencyBreakdown latency = result.getLatency();
    assertThat(result.getModelVersion()).isEqualTo(TestModels.VERSION.toString());
    assertThat(latency.getTraceId()).matches("[0-9a-f]{32}");
    assertThat(
            List.of(
                latency.getEndpointDecided(),
                latency.getRouted(),
                latency.getDecodeDone(),
                latency.getSent()))
        .extracting(Durations::toNanos)
        .isSorted();
    assertThat(result.getAlternatives(0).getConfidence()).isBetween(0f, 1f);
    assertThat(result.getAlternatives(0).getWordsList()).isNotEmpty();
  }

  private static Duration offset(com.google.protobuf.Duration duration) {
    return Duration.ofNanos(Durations.toNanos(duration));
  }
}
