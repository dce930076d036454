// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Durations;
import halfsecond.asr.TestAsr;
import halfsecond.asr.TestCall;
import halfsecond.asr.TestModels;
import halfsecond.asr.v1.Completeness;
import halfsecond.asr.v1.FinalResult;
import halfsecond.asr.v1.Priority;
import halfsecond.asr.v1.Progress;
import halfsecond.asr.v1.RejectionReason;
import halfsecond.asr.v1.TranscribeConfig;
import halfsecond.asr.v1.TranscribeRequest;
import halfsecond.asr.v1.Word;
import halfsecond.common.audio.Audio16k;
import halfsecond.common.error.Reason;
import halfsecond.common.rpc.Statuses;
import halfsecond.common.telemetry.Telemetry;
import halfsecond.testing.Clip;
import halfsecond.testing.RecordedSpeech;
import halfsecond.testing.TestAudio;
import halfsecond.testing.WordErrorRate;
import io.grpc.Status;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class TranscribeIT {
  @RegisterExtension static final OpenTelemetryExtension OTEL = OpenTelemetryExtension.create();

  @SuppressWarnings("NullAway.Init")
  private static TestAsr asr;

  @BeforeAll
  static void start() {
    asr =
        TestAsr.start(
            Telemetry.over(OTEL.getOpenTelemetry()),
            Map.of("decode.max-silence", "1 s", "decode.recognizers.max-idle", 3));
  }

  @AfterAll
  static void stop() throws InterruptedException {
    asr.close();
    assertThat(asr.server().liveRecognizers()).isZero();
    assertThat(asr.server().liveModels()).isZero();
  }

  @AfterEach
  void nothingIsLeftOver() {
    await("clips settle")
        .untilAsserted(
            () -> {
              assertThat(asr.server().activeClips()).isZero();
              assertThat(asr.server().liveRecognizers()).isLessThanOrEqualTo(3);
            });
  }

  @Test
  void recognizesRecordedSpeech() {
    WordErrorRate errors = WordErrorRate.NONE;
    int hypotheses = 0;
    List<Progress> progress = new ArrayList<>();
    for (Clip clip : RecordedSpeech.clips()) {
      TestCall call = open(config().setEnableWords(true)).audio(clip.bytes()).finish().halfClose();
      FinalResult result = call.result();

      errors = errors.plus(WordErrorRate.of(clip.transcript(), call.text()));
      assertThat(result.getCompleteness()).isEqualTo(Completeness.COMPLETENESS_COMPLETE);
      assertThat(result.getRejection()).isEqualTo(RejectionReason.REJECTION_REASON_UNSPECIFIED);
      assertThat(result.getProcessedSamples()).isEqualTo(clip.samples().length);
      assertThat(result.getModelVersion()).isEqualTo("en-small@1");
      assertThat(result.getAttempt()).isEqualTo(1);
      assertThat(result.getStatistics().getRealTimeFactor()).isBetween(0.001, 2.0);
      assertThat(result.getAlternatives(0).getConfidence()).isBetween(0.5f, 1f);
      assertThat(result.getAlternatives(0).getWordsList())
          .extracting(Word::getWord)
          .containsExactlyElementsOf(List.of(call.text().split(" ", -1)));
      hypotheses += call.hypotheses().size();
      progress.addAll(call.progress());
      assertThat(call.finals()).isEqualTo(1);
    }
    assertThat(errors.rate()).as(errors.toString()).isLessThan(0.09);
    // In sum: a short clip can be decoded in less than the time between two hypotheses.
    assertThat(hypotheses).isPositive();
    assertThat(progress).filteredOn(Progress::hasLoad).isNotEmpty();
    assertThat(progress)
        .filteredOn(Progress::hasLoad)
        .allMatch(report -> report.getLoad().getCores() > 0);
  }

  @Test
  void hearsTheSameInAnyChunks() {
    byte[] audio = RecordedSpeech.cards().get(4).bytes();
    TestCall whole = open(config());
    whole.send(audioMessage(audio)).finish().halfClose();
    TestCall odd = open(config());
    for (int at = 0; at < audio.length; at += 777) {
      odd.send(audioMessage(Arrays.copyOfRange(audio, at, Math.min(audio.length, at + 777))));
    }
    odd.halfClose();

    assertThat(whole.text()).isEqualTo(odd.text()).isNotEmpty();
  }

  @Test
  void saysExplicitlyThatNothingWasHeard() {
    FinalResult empty = open(config()).finish().halfClose().result();
    FinalResult halfClosed = open(config()).halfClose().result();
    FinalResult silence =
        open(config().setEnableWords(true))
            .audio(Audio16k.toBytes(TestAudio.silence(Duration.ofSeconds(2))))
            .finish()
            .result();

    for (FinalResult result : List.of(empty, halfClosed, silence)) {
      assertThat(result.getAlternativesCount()).isEqualTo(1);
      assertThat(result.getAlternatives(0).getTranscript()).isEmpty();
      assertThat(result.getAlternatives(0).hasConfidence()).isFalse();
      assertThat(result.getCompleteness()).isEqualTo(Completeness.COMPLETENESS_COMPLETE);
    }
  }

  @Test
  void hearsNoWordsInNoiseAndTones() {
    List<TestCall> calls = new ArrayList<>();
    for (int level = -50; level <= -5; level += 15) {
      Duration five = Duration.ofSeconds(5);
      calls.add(noise(TestAudio.whiteNoise(level + 100, level, five)));
      calls.add(noise(TestAudio.pinkNoise(level + 100, level, five)));
      calls.add(noise(TestAudio.whiteNoise(level + 200, level, Duration.ofMillis(700))));
      calls.add(noise(TestAudio.tone(4000, level, Duration.ofSeconds(3))));
      calls.add(noise(TestAudio.tone(440, level, Duration.ofSeconds(3))));
    }

    int rejected = 0;
    for (TestCall call : calls) {
      assertThat(call.text()).isEmpty();
      assertThat(call.hypotheses()).allMatch(hypothesis -> hypothesis.getTranscript().isEmpty());
      rejected += call.result().getRejection() == RejectionReason.REJECTION_REASON_NOISE ? 1 : 0;
    }
    assertThat(rejected).as("the rule had something to do").isPositive();
  }

  @Test
  void answersInTimeWithWhatItHasAndThenWithAllOfIt() {
    byte[] audio = RecordedSpeech.sentences().get(0).bytes();
    String whole = open(config()).send(audioMessage(audio)).finish().halfClose().text();
    TestCall call =
        open(config()).send(audioMessage(audio)).finishWithin(Duration.ZERO).halfClose();
    FinalResult last = call.result();

    assertThat(call.finals()).isEqualTo(2);
    FinalResult first = call.finalResults().get(0);
    assertThat(first.getCompleteness()).isEqualTo(Completeness.COMPLETENESS_DEADLINE);
    assertThat(first.getProcessedSamples()).isLessThan(audio.length / 2);
    assertThat(Durations.toMillis(first.getStatistics().getFinalizeTime())).isLessThan(250);
    assertThat(last.getCompleteness()).isEqualTo(Completeness.COMPLETENESS_COMPLETE);
    assertThat(last.getAttempt()).isEqualTo(1);
    assertThat(last.getProcessedSamples()).isEqualTo(audio.length / 2);
    assertThat(last.getAlternatives(0).getTranscript()).isEqualTo(whole);
    assertThat(Durations.compare(decodeTime(last), decodeTime(first))).isPositive();
  }

  @Test
  void countsAClipOnceAndItsLateAnswerBesides() throws InterruptedException {
    byte[] audio = RecordedSpeech.sentences().get(0).bytes();
    // Before each test the extension forgets the instruments that exist.
    try (TestAsr counting = TestAsr.start(Telemetry.over(OTEL.getOpenTelemetry()), Map.of())) {
      TestCall patient = hurried(counting, audio).halfClose();
      assertThat(patient.result().getCompleteness()).isEqualTo(Completeness.COMPLETENESS_COMPLETE);
      assertThat(patient.finals()).isEqualTo(2);
      TestCall hasty = hurried(counting, audio);
      // Both may have come between two looks.
      await("the first answer").until(() -> hasty.finals() >= 1);
      hasty.cancel();

      await("both have ended")
          .untilAsserted(
              () -> {
                long answered = counted(AsrTelemetry.LATE_ANSWERS, "answered");
                long cancelled = counted(AsrTelemetry.LATE_ANSWERS, "cancelled");
                assertThat(answered).isBetween(1L, 2L);
                assertThat(answered + cancelled).isEqualTo(2);
              });
      assertThat(counted(AsrTelemetry.CLIPS, "deadline")).isEqualTo(2);
    }
  }

  private static TestCall hurried(TestAsr at, byte[] audio) {
    return TestCall.open(at.stub())
        .send(config())
        .send(audioMessage(audio))
        .finishWithin(Duration.ZERO);
  }

  @Test
  void leavesTheLateAnswerOutIfItMayNotDecodeOn() throws InterruptedException {
    byte[] audio = RecordedSpeech.sentences().get(0).bytes();
    try (TestAsr strict = TestAsr.start(Telemetry.noop(), Map.of("decode.max-late-clips", 0))) {
      TestCall call = hurried(strict, audio).halfClose();

      assertThat(call.result().getCompleteness()).isEqualTo(Completeness.COMPLETENESS_DEADLINE);
      assertThat(call.finals()).isEqualTo(1);
    }
  }

  @Test
  void offersAlternatives() {
    FinalResult result =
        open(config().setMaxAlternatives(4).setEnableWords(true))
            .audio(RecordedSpeech.cards().get(1).bytes())
            .finish()
            .result();

    assertThat(result.getAlternativesCount()).isBetween(2, 4);
    assertThat(result.getAlternatives(0).hasConfidence()).isTrue();
    assertThat(result.getAlternatives(0).getWords(0).hasConfidence()).isFalse();
    assertThat(result.getAlternatives(1).hasConfidence()).isFalse();
  }

  @Test
  void hearsNothingButItsPhrases() {
    String text =
        open(config().addPhrases("Ten of CLUBS").addPhrases("queen qzxqzx"))
            .audio(RecordedSpeech.cards().get(0).bytes())
            .finish()
            .text();

    assertThat(text).isEqualTo("ten of clubs");
    assertThat(asr.server().liveModels()).isEqualTo(2);
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        refusal("rate 0", config().setSampleRateHertz(0), Reason.AUDIO_INVALID),
        refusal("rate 8000", config().setSampleRateHertz(8000), Reason.AUDIO_INVALID),
        refusal("rate -1", config().setSampleRateHertz(-1), Reason.AUDIO_INVALID),
        refusal("no model", config().clearModelVersion(), Reason.FIELD_INVALID),
        refusal("a path", config().setModelVersion("../../etc"), Reason.FIELD_INVALID),
        refusal("unknown model", config().setModelVersion("en-small@77"), Reason.MODEL_NOT_FOUND),
        refusal(
            "model not loaded",
            config().setModelVersion(TestModels.ACCURATE.toString()),
            Reason.MODEL_NOT_FOUND),
        refusal("no id", config().clearUtteranceId(), Reason.FIELD_INVALID),
        refusal("long id", config().setUtteranceId("x".repeat(65)), Reason.FIELD_INVALID),
        refusal("id with a line break", config().setUtteranceId("a\nb"), Reason.FIELD_INVALID),
        refusal("attempt", config().setAttempt(-1), Reason.FIELD_INVALID),
        refusal("alternatives", config().setMaxAlternatives(11), Reason.FIELD_INVALID),
        refusal("priority", config().setPriorityValue(9), Reason.FIELD_INVALID),
        refusal(
            "interval",
            config().setHypothesisInterval(Durations.fromMillis(19)),
            Reason.FIELD_INVALID),
        refusal(
            "no duration",
            config()
                .setHypothesisInterval(
                    com.google.protobuf.Duration.newBuilder().setSeconds(1).setNanos(-5)),
            Reason.FIELD_INVALID),
        phrases("[]"),
        phrases("<eps>"),
        phrases("[unk]"),
        phrases(""),
        phrases("qzxqzx"),
        phrases("[".repeat(300_000).substring(0, 30_000)),
        refusal(
            "too many phrases",
            config().addAllPhrases(Collections.nCopies(501, "yes")),
            Reason.PHRASES_INVALID));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void refusesBadConfigsAndGoesOn(String name, TranscribeConfig.Builder bad, Reason reason) {
    assertRefused(open(bad), reason);
    assertAlive();
  }

  @Test
  void refusesMessagesOutOfOrderAndGoesOn() {
    byte[] audio = new byte[3200];
    assertRefused(TestCall.open(asr.stub()).audio(audio), Reason.CONFIG_MISSING);
    assertRefused(TestCall.open(asr.stub()).halfClose(), Reason.CONFIG_MISSING);
    assertRefused(
        TestCall.open(asr.stub()).send(TranscribeRequest.getDefaultInstance()),
        Reason.CONFIG_MISSING);
    assertRefused(open(config()).send(config()), Reason.CONFIG_REPEATED);
    assertRefused(
        open(config()).send(TranscribeRequest.getDefaultInstance()), Reason.FIELD_INVALID);
    assertRefused(open(config()).finishWithin(Duration.ofSeconds(-1)), Reason.FIELD_INVALID);
    assertRefused(
        open(config()).audio(new byte[32_000]).finish().audio(audio), Reason.MESSAGE_UNEXPECTED);
    assertRefused(open(config()).audio(new byte[3201]).finish(), Reason.AUDIO_INVALID);
    assertRefused(
        open(config()).audio(new byte[32_000 * 35 + 2]).finish(), Reason.UTTERANCE_TOO_LONG);
    assertThat(
            Status.fromThrowable(open(config()).send(audioMessage(new byte[300_000])).failure())
                .getCode())
        .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertAlive();
  }

  @Test
  void endsStreamsThatFallSilent() {
    assertRefused(TestCall.open(asr.stub()), Reason.AUDIO_TIMEOUT);
    assertRefused(open(config()).audio(new byte[3200]), Reason.AUDIO_TIMEOUT);
  }

  @Test
  void freesEverythingWhenTheCallerVanishes() {
    byte[] audio = RecordedSpeech.sentences().get(0).bytes();
    for (int i = 0; i < 20; i++) {
      TestCall call = open(config()).audio(audio);
      if (i % 2 == 0) {
        await("decoding has begun").until(() -> !call.progress().isEmpty());
      }
      call.cancel();
    }
    assertAlive();
  }

  @Test
  void tracesDecodingAndFinalizing() {
    OTEL.clearSpans();
    assertAlive();

    await("spans end after the answer").until(() -> OTEL.getSpans().size() == 3);
    SpanData decode = span("asr.decode");
    SpanData finalize = span("asr.finalize");
    assertThat(decode.getTraceId()).isEqualTo(finalize.getTraceId());
    assertThat(decode.getParentSpanId()).isEqualTo(finalize.getParentSpanId());
    assertThat(decode.getEndEpochNanos()).isGreaterThanOrEqualTo(finalize.getStartEpochNanos());
    assertThat(decode.getAttributes().get(AsrTelemetry.MODEL)).isEqualTo("en-small@1");
    assertThat(OTEL.getSpans().toString()).doesNotContain("clubs");
  }

  @Test
  void decodesTwoHundredClipsAtATime() {
    List<Clip> cards = RecordedSpeech.cards();
    List<TestCall> calls = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      TranscribeConfig.Builder config =
          config()
              .setUtteranceId("clip-" + i)
              .setPriority(i % 2 == 0 ? Priority.PRIORITY_BATCH : Priority.PRIORITY_LIVE);
      calls.add(open(config).audio(cards.get(i % 2).bytes()).finish().halfClose());
    }
    int most = 0;
    for (int i = 0; i < 200; i++) {
      most = Math.max(most, asr.server().liveRecognizers());
      assertThat(calls.get(i).text()).isEqualTo(calls.get(i % 2).text()).isNotEmpty();
    }
    assertThat(most).isLessThanOrEqualTo(203);
  }

  private static TestCall noise(short[] samples) {
    return open(config()).audio(Audio16k.toBytes(samples)).finish().halfClose();
  }

  private static void assertAlive() {
    assertThat(
            open(config()).audio(RecordedSpeech.cards().get(0).bytes()).finish().halfClose().text())
        .isEqualTo("ten of clubs");
  }

  private static void assertRefused(TestCall call, Reason reason) {
    Throwable failure = call.failure();
    assertThat(Statuses.reasonOf(failure)).as(failure.toString()).contains(reason);
    assertThat(Status.fromThrowable(failure).getCode()).isEqualTo(Statuses.codeOf(reason));
    assertThat(call.finals()).isZero();
  }

  private static TestCall open(TranscribeConfig.Builder config) {
    return TestCall.open(asr.stub()).send(config);
  }

  private static TranscribeConfig.Builder config() {
    return TestCall.config();
  }

  private static TranscribeRequest audioMessage(byte[] audio) {
    return TranscribeRequest.newBuilder().setAudio(ByteString.copyFrom(audio)).build();
  }

  private static Arguments refusal(String name, TranscribeConfig.Builder bad, Reason reason) {
    return Arguments.of(name, bad, reason);
  }

  private static Arguments phrases(String phrase) {
    String name = "phrase " + phrase.substring(0, Math.min(8, phrase.length()));
    return refusal(name, config().addPhrases(phrase), Reason.PHRASES_INVALID);
  }

  private static com.google.protobuf.Duration decodeTime(FinalResult result) {
    return result.getStatistics().getDecodeTime();
  }

  /** The sum so far of a counter, for one outcome. */
  private static long counted(String metric, String outcome) {
    return OTEL.getMetrics().stream()
        .filter(data -> data.getName().equals(metric))
        .flatMap(data -> data.getLongSumData().getPoints().stream())
        .filter(point -> outcome.equals(point.getAttributes().get(AsrTelemetry.OUTCOME)))
        .mapToLong(LongPointData::getValue)
        .max()
        .orElse(0);
  }

  private static SpanData span(String name) {
    return OTEL.getSpans().stream().filter(s -> s.getName().equals(name)).findFirst().orElseThrow();
  }
}
