// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.common.error.Reason;
import halfsecond.router.record.Outcome;
import halfsecond.router.record.UtteranceRecord;
import halfsecond.router.redo.Redo;
import halfsecond.router.utterance.Finality;
import halfsecond.router.utterance.Latency;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What becomes of utterances when nothing fails. */
final class SessionTest {
  @Test
  void saysFirstThatItWasAcceptedAndThenAsksForAudio() {
    Stage stage = new Stage().open();

    assertThat(stage.out.told).containsExactly("started");
    assertThat(stage.out.requested).isEqualTo(2);
  }

  @Test
  void forwardsOnlyAudioThatTheDetectorAcknowledged() {
    Stage stage = new Stage().open();
    stage.speaks(1000);

    stage.vad.stream().started(3_200, 6_400, 8_000);
    assertThat(stage.recognition.streams.get(0).received()).isEqualTo(4_800);
    stage.vad.stream().acknowledged(9_600);
    stage.vad.stream().ended(12_800, 9_600, EndReason.END_OF_SPEECH);

    FakeRecognition.Stream clip = stage.recognition.streams.get(0);
    assertThat(clip.audio()).isEqualTo(stage.sent(3_200, 12_800));
    assertThat(clip.finished).isTrue();
  }

  @Test
  void answersWithOneFinalThatHoldsWhatRecognitionSaid() {
    Stage stage = new Stage().open();
    stage.speaks(1000);
    stage.utterance(3_200, 12_800).answers("hello there");

    assertThat(stage.out.told).containsExactly("started", "final");
    FinalResult result = stage.out.finals.get(0);
    assertThat(result.alternatives().get(0).transcript()).isEqualTo("hello there");
    assertThat(result.finality()).isEqualTo(Finality.END_OF_SPEECH);
    assertThat(result.modelVersion()).isEqualTo("en-small@1");
    assertThat(result.startOffset()).isEqualTo(Duration.ofMillis(200));
    assertThat(result.endOffset()).isEqualTo(Duration.ofMillis(800));
    assertThat(result.traceId()).isEqualTo(FakeVad.TRACE);
  }

  @Test
  void reportsThatTheSameIsSaidAgain() {
    Stage stage = new Stage().open();
    stage.speaks(1000);
    stage.utterance(3_200, 12_800).answers("hello there");
    stage.speaks(1000);
    stage.utterance(19_200, 28_800).answers("hello there");
    stage.speaks(1000);
    stage.utterance(35_200, 44_800).answers("what time is it");

    assertThat(stage.redos).hasSize(1);
    Redo redo = stage.redos.get(0);
    assertThat(redo.utteranceId()).isEqualTo(stage.records.get(0).utteranceId());
    assertThat(redo.redoUtteranceId()).isEqualTo(stage.records.get(1).utteranceId());
    assertThat(redo.similarity()).isEqualTo(1);
    // The answer was sent at 1 s, and speech began again at 1.2 s of the audio, which was told at 2
    // s.
    assertThat(redo.delay()).isEqualTo(Duration.ofMillis(200));
    assertThat(redo.toString()).doesNotContain("hello");
  }

  @Test
  void comparesNothingWhenNobodyWantsToKnow() {
    Stage stage = new Stage();
    stage.watched = false;
    stage.open();
    stage.speaks(1000);
    stage.utterance(3_200, 12_800).answers("hello there");
    stage.speaks(1000);
    stage.utterance(19_200, 28_800).answers("hello there");

    assertThat(stage.out.finals).hasSize(2);
    assertThat(stage.redos).isEmpty();
    assertThat(stage.bugs).isEmpty();
  }

  @Test
  void measuresEveryStageFromTheEndOfSpeech() {
    Stage stage = new Stage().open();
    stage.speaks(1000);
    // The last voiced audio, at 600 ms, arrived 400 ms before now.
    stage.vad.stream().started(0, 3_200, 9_600);
    stage.pass(10);
    stage.recognition.streams.get(0).ready = false;
    stage.vad.stream().ended(12_800, 9_600, EndReason.END_OF_SPEECH);
    stage.pass(5);
    stage.recognition.streams.get(0).becomesReady();
    stage.pass(30);
    stage.recognition.streams.get(0).answers("yes");

    Latency latency = stage.out.finals.get(0).latency();
    assertThat(latency.speechEndOffset()).isEqualTo(Duration.ofMillis(600));
    assertThat(latency.endpointDecided()).isEqualTo(Duration.ofMillis(410));
    assertThat(latency.routed()).isEqualTo(Duration.ofMillis(415));
    assertThat(latency.decodeDone()).isEqualTo(Duration.ofMillis(445));
    assertThat(latency.sent()).isEqualTo(Duration.ofMillis(445));
    assertThat(latency.budget()).contains(Duration.ofMillis(500));
    assertThat(latency.asrFinalize()).isEqualTo(FakeRecognition.STATISTICS.finalizeTime());
  }

  @Test
  void givesRecognitionWhatIsLeftOfTheBudgetLessTheShareOfDelivery() {
    Stage stage = new Stage().open();
    stage.speaks(1000);
    stage.vad.stream().started(0, 3_200, 12_800);
    stage.vad.stream().ended(14_400, 12_800, EndReason.END_OF_SPEECH);

    // 500 ms, of which 200 ms have gone and 50 ms are delivery's.
    assertThat(stage.recognition.streams.get(0).within).isEqualTo(Duration.ofMillis(250));
  }

  @Test
  void givesRecognitionALittleTimeEvenWhenTheBudgetIsSpent() {
    Stage stage = new Stage().open();
    stage.speaks(1000);
    stage.vad.stream().started(0, 1_600, 12_800);
    stage.pass(1000);
    stage.vad.stream().ended(14_400, 12_800, EndReason.END_OF_SPEECH);

    assertThat(stage.recognition.streams.get(0).within).isEqualTo(Duration.ofMillis(10));
  }

  @Test
  void neverCutsBatchShort() {
    Stage stage = new Stage().batch().open();
    stage.speaks(1000);
    FakeRecognition.Stream clip = stage.utterance(3_200, 12_800);
    clip.answers("hello");

    assertThat(clip.within).isNull();
    assertThat(stage.out.finals.get(0).latency().budget()).isEmpty();
  }

  @Test
  void callsAnIncompleteFinalOneOfTheDeadline() {
    Stage stage = new Stage().open();
    stage.speaks(1000);
    stage.utterance(3_200, 12_800).answers("hel", 1, false);

    assertThat(stage.out.finals.get(0).finality()).isEqualTo(Finality.DEADLINE);
    assertThat(((Outcome.Final) stage.records.get(0).outcome()).noHypothesis()).isFalse();
  }

  @Test
  void tellsADeadlineWithoutAnyHypothesisFromANullTranscript() {
    Stage stage = new Stage().open();
    stage.speaks(1000);
    stage.utterance(3_200, 12_800).answers("", 1, false);

    Outcome.Final outcome = (Outcome.Final) stage.records.get(0).outcome();
    assertThat(outcome.noHypothesis()).isTrue();
    assertThat(outcome.nullTranscript()).isFalse();
  }

  @Test
  void sendsAnEmptyFinalWhenNoWordsWereRecognized() {
    Stage stage = new Stage().open();
    stage.speaks(1000);
    stage.utterance(3_200, 12_800).answers("");

    assertThat(stage.out.told).containsExactly("started", "final");
    assertThat(((Outcome.Final) stage.records.get(0).outcome()).nullTranscript()).isTrue();
  }

  @Test
  void passesFinalizeOnToTheDetector() {
    Stage stage = new Stage().open();
    stage.speaks(500);
    stage.vad.stream().started(0, 3_200, 6_400);
    stage.session().finalizeUtterance();

    assertThat(stage.vad.stream().endUtterances).isEqualTo(1);
    stage.vad.stream().ended(8_000, 8_000, EndReason.FINALIZE);
    stage.recognition.streams.get(0).answers("now");
    assertThat(stage.out.finals.get(0).finality()).isEqualTo(Finality.CLIENT_FINALIZE);
  }

  @Test
  void finishesTheUtteranceInProgressWhenTheClientHalfCloses() {
    Stage stage = new Stage().open();
    stage.speaks(500);
    stage.vad.stream().started(0, 3_200, 6_400);
    stage.session().halfClose();

    assertThat(stage.vad.stream().halfClosed).isTrue();
    assertThat(stage.out.over).isFalse();
    stage.vad.stream().ended(8_000, 8_000, EndReason.STREAM_END);
    stage.vad.stream().completed();
    assertThat(stage.out.over).isFalse();
    stage.recognition.streams.get(0).answers("bye");

    assertThat(stage.out.told).containsExactly("started", "final", "ended");
    assertThat(stage.out.finals.get(0).finality()).isEqualTo(Finality.STREAM_END);
    assertThat(stage.out.endReason()).isEmpty();
    assertThat(stage.released).isEqualTo(1);
  }

  @Test
  void endsWellWhenNothingWasSaid() {
    Stage stage = new Stage().open();
    stage.session().halfClose();
    stage.vad.stream().completed();

    assertThat(stage.out.told).containsExactly("started", "ended");
    assertThat(stage.out.endReason()).isEmpty();
  }

  @Test
  void keepsTheOrderOfUtterancesWhenFinalsCrossEachOther() {
    Stage stage = new Stage().eventful().open();
    stage.speaks(2000);
    FakeRecognition.Stream first = stage.utterance(1_600, 9_600);
    FakeRecognition.Stream second = stage.utterance(16_000, 24_000);

    second.hypothesis("sec");
    second.answers("second");
    assertThat(stage.out.told).containsExactly("started", "begin", "end");
    first.answers("first");

    assertThat(stage.out.told)
        .containsExactly("started", "begin", "end", "final", "begin", "end", "final");
    assertThat(stage.out.finals)
        .extracting(result -> result.alternatives().get(0).transcript())
        .containsExactly("first", "second");
    assertThat(stage.out.closed).doesNotHaveDuplicates();
  }

  @Test
  void sendsSpeechEventsWithOffsetsInTheClientsTime() {
    Stage stage = new Stage().eventful().open();
    stage.speaks(1000);
    stage.utterance(3_200, 12_800).answers("hello");

    assertThat(stage.out.activities)
        .extracting(SpeechActivity::offset)
        .containsExactly(Duration.ofMillis(200), Duration.ofMillis(800));
    assertThat(stage.out.activities)
        .extracting(SpeechActivity::utteranceId)
        .containsOnly(stage.out.finals.get(0).utteranceId());
  }

  @Test
  void replacesAnInterimResultThatTheClientHasNotTakenByTheNextOne() {
    Stage stage = new Stage().interims().open();
    stage.speaks(1000);
    stage.vad.stream().started(0, 1_600, 8_000);
    FakeRecognition.Stream clip = stage.recognition.streams.get(0);
    clip.hypothesis("one");
    stage.out.ready = false;
    clip.hypothesis("one two");
    clip.hypothesis("one two three");
    assertThat(stage.out.interims).hasSize(1);

    stage.out.ready = true;
    stage.session().outputReady();
    assertThat(stage.out.interims)
        .extracting(InterimResult::transcript)
        .containsExactly("one", "one two three");
  }

  @Test
  void sendsTheFinalEvenToAClientThatDoesNotRead() {
    Stage stage = new Stage().interims().open();
    stage.speaks(1000);
    FakeRecognition.Stream clip = stage.utterance(3_200, 12_800);
    stage.out.ready = false;
    clip.hypothesis("hel");
    clip.answers("hello");

    assertThat(stage.out.told).containsExactly("started", "final");
    assertThat(stage.records.get(0).partials().dropped()).isEqualTo(1);
  }

  @Test
  void sendsNoInterimResultsUnlessAsked() {
    Stage stage = new Stage().open();
    stage.speaks(1000);
    FakeRecognition.Stream clip = stage.utterance(3_200, 12_800);
    clip.hypothesis("hel");
    clip.answers("hello");

    assertThat(stage.out.interims).isEmpty();
  }

  @Test
  void recordsEverythingButTheWords() {
    Stage stage = new Stage().open();
    stage.speaks(1000);
    stage.utterance(3_200, 12_800).answers("hello there");

    UtteranceRecord record = stage.records.get(0);
    FinalResult result = stage.out.finals.get(0);
    assertThat(record.utteranceId()).isEqualTo(result.utteranceId());
    assertThat(record.revision()).isEqualTo(1);
    assertThat(record.latency()).contains(result.latency());
    assertThat(record.clip()).contains(FakeVad.STATISTICS);
    assertThat(record.clipDuration()).contains(Duration.ofMillis(600));
    assertThat(record.decode()).contains(FakeRecognition.STATISTICS);
    assertThat(record.attempts()).isEqualTo(1);
    assertThat(record.model().orElseThrow().rule()).isEqualTo("latest-loaded");
    assertThat(((Outcome.Final) record.outcome()).wordCount()).isEqualTo(2);
    // Speech ended at 800 ms of a session that began at the stage's epoch.
    assertThat(record.eventTime()).isEqualTo(Stage.EPOCH.plusMillis(800));
    assertThat(record.toString() + result).doesNotContain("hello", "there");
  }

  @Test
  void refusesASessionWhoseModelIsNotLoadedAfterAskingAgain() {
    Stage stage = new Stage();
    stage.models.loaded.clear();
    stage.open();
    assertThat(stage.out.told).isEmpty();

    stage.models.questions.get(0).complete(null);
    assertThat(stage.out.endReason()).contains(Reason.MODEL_NOT_FOUND);
    assertThat(stage.released).isEqualTo(1);
  }

  @Test
  void acceptsASessionWhoseModelWasLoadedAMomentAgo() {
    Stage stage = new Stage();
    var loaded = stage.models.loaded();
    stage.models.loaded.clear();
    stage.open();
    stage.models.loaded.addAll(loaded);
    stage.models.questions.get(0).complete(null);

    assertThat(stage.out.told).containsExactly("started");
  }

  @Test
  void saysThatRecognitionIsAwayWhenItsModelsAreNotKnown() {
    Stage stage = new Stage();
    stage.models.loaded.clear();
    stage.models.known = false;
    stage.open();
    stage.models.questions.get(0).complete(null);

    assertThat(stage.out.endReason()).contains(Reason.BACKEND_UNAVAILABLE);
  }
}
