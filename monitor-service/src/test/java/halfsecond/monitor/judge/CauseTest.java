// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import static halfsecond.monitor.judge.Evidences.BEGAN;
import static halfsecond.monitor.judge.Evidences.KITE;
import static halfsecond.monitor.judge.Evidences.NOVA;
import static halfsecond.monitor.judge.Evidences.evidence;
import static halfsecond.monitor.judge.Evidences.nulls;
import static halfsecond.monitor.judge.Evidences.series;
import static halfsecond.monitor.judge.Evidences.split;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import halfsecond.monitor.judge.Alarm.Evidence;
import halfsecond.monitor.record.Stage;
import halfsecond.monitor.window.CohortKey;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CauseTest {
  @Test
  void ofNothingThereIsNone() {
    assertThat(Cause.among(List.of())).isEmpty();
  }

  @Test
  void theEarlierInTheOrderOfCausesIsItEvenIfTheLaterIsLarger() {
    Evidence cut = evidence("vad.trailing_silence", null, 1.0);
    Evidence confidence = evidence("asr.confidence", null, 1.5);

    assertThat(Cause.among(List.of(confidence, cut))).contains(cut);
  }

  @Test
  void whatIsSmallBesideTheRestIsNoCauseWhateverItsRole() {
    Evidence cut = evidence("vad.trailing_silence", null, 0.39);
    Evidence pitch = evidence("pipeline.pitch", null, 1.0);

    assertThat(Cause.among(List.of(cut, pitch))).contains(pitch);
  }

  @Test
  void theSizeOfARateIsThatOfOneTrial() {
    // 2 points are 0.14 standard deviations of a trial at 2 %: 0.36 of 0.4, and 0.48 of 0.3.
    Evidence nulls = nulls(null, 0.04, null);
    Evidence words = evidence("asr.words_per_second", null, 0.3);

    assertThat(Cause.among(List.of(nulls, words))).contains(words);
    assertThat(Cause.among(List.of(nulls, evidence("vad.speech_ratio", null, 0.05))))
        .as("a ratio that hardly moves explains no doubled rate")
        .contains(nulls);
  }

  @Test
  void aRateOfNothingIsOnlyKnownAsFarAsItsReferenceGoes() {
    // 20 points above none in 60 are 1.6 standard deviations of a trial at 1 in 62.
    Finding fromNothing =
        new Finding(
            Finding.Change.SUDDEN, BEGAN, BEGAN.plusSeconds(60), 40, 0, 0.2, 0.2, 0, 7, 6.5, 60);
    Evidence nulls =
        new Evidence(series(Watchlist.NULL_TRANSCRIPTS, null), fromNothing, Optional.empty());
    Evidence cut = evidence("vad.leading_silence", null, 0.7);

    assertThat(Cause.size(nulls)).isCloseTo(1.59, within(0.01));
    assertThat(Cause.among(List.of(nulls, cut))).contains(cut);
  }

  @Test
  void ofOneChangeInSeveralCohortsItIsTheLargest() {
    Evidence kite = evidence("pipeline.level", KITE, -1.0);
    Evidence nova = evidence("pipeline.level", NOVA, -2.5);
    Evidence everybody = evidence("pipeline.level", null, -0.4);

    assertThat(Cause.among(List.of(kite, everybody, nova))).contains(nova);
  }

  @Test
  void everybodyIsItWhenTheyMovedHalfAsFarAndOthersOfTheSameKindToo() {
    Evidence nova = evidence("pipeline.level", NOVA, -2.0);
    Evidence kite = evidence("pipeline.level", KITE, -1.0);
    Evidence everybody = evidence("pipeline.level", null, -1.0);

    assertThat(Cause.among(List.of(nova, kite, everybody))).contains(everybody);
    assertThat(Cause.among(List.of(nova, everybody)))
        .as("a phone that is half of the traffic")
        .contains(nova);
    assertThat(Cause.among(List.of(nova, evidence("pipeline.level", KITE, -0.9), everybody)))
        .as("others hardly moved")
        .contains(nova);
  }

  @Test
  void everybodyIsItWhenTheyMovedAsFar() {
    Evidence tenant =
        evidence("pipeline.level", new CohortKey(CohortKey.Dimension.TENANT, "consumer"), -2.0);
    Evidence everybody = evidence("pipeline.level", null, -1.9);

    assertThat(Cause.among(List.of(tenant, everybody))).contains(everybody);
  }

  @Test
  void whatIsCertainOfACohortCountsAndNotWhatItLooksLike() {
    Finding few = Evidences.unsure(-2.5, 0.8);
    Evidence nova = new Evidence(series("pipeline.level", NOVA), few, Optional.empty());
    Evidence everybody = evidence("pipeline.level", null, -0.9);

    assertThat(few.atLeast()).isCloseTo(0.9, within(1e-9));
    assertThat(Cause.among(List.of(nova, everybody))).contains(everybody);
  }

  @Test
  void ofTwoAlikeItIsTheFirstToBeFound() {
    Evidence level = evidence("pipeline.level", null, -1.0);
    Evidence peak = evidence("pipeline.peak_level", null, -1.0);

    assertThat(Cause.among(List.of(peak, level))).contains(peak);
    assertThat(Cause.among(List.of(level, peak))).contains(level);
  }

  @Test
  void aRiseOfNullTranscriptsIsTheDetectorsWhereOtherClipsExplainMostOfIt() {
    assertThat(Cause.stage(nulls(null, 0.06, split(0.03, 0.01)))).isEqualTo(Stage.VAD);
    assertThat(Cause.stage(nulls(null, 0.06, split(0.01, 0.03)))).isEqualTo(Stage.ASR);
    assertThat(Cause.stage(nulls(null, 0.06, split(0.02, 0.02))))
        .as("undecided")
        .isEqualTo(Stage.ASR);
    assertThat(Cause.stage(nulls(null, 0.06, null))).isEqualTo(Stage.ASR);
  }

  @Test
  void everythingElseIsItsOwnStages() {
    assertThat(Cause.stage(evidence("vad.leading_silence", null, 1))).isEqualTo(Stage.VAD);
    assertThat(Cause.stage(evidence("pipeline.pitch", null, 1))).isEqualTo(Stage.PIPELINE);
  }
}
