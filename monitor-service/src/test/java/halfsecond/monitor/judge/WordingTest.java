// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import static halfsecond.monitor.judge.Evidences.BEGAN;
import static halfsecond.monitor.judge.Evidences.NOVA;
import static halfsecond.monitor.judge.Evidences.gradual;
import static halfsecond.monitor.judge.Evidences.nulls;
import static halfsecond.monitor.judge.Evidences.series;
import static halfsecond.monitor.judge.Evidences.split;
import static halfsecond.monitor.judge.Evidences.sudden;
import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.monitor.judge.Alarm.Evidence;
import halfsecond.monitor.judge.Alarm.Kind;
import halfsecond.monitor.window.CohortKey;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class WordingTest {
  /** So large that all else may follow from it. */
  private static final Finding STRONG = sudden(BEGAN, 0.2, 0.05, -3);

  @Test
  void saysWhatMovedFromWhereToWhereHowAndForWhom() {
    assertThat(title("vad.trailing_silence", NOVA, sudden(BEGAN, 0.1204, 0.0497, -3)))
        .isEqualTo("vad.trailing_silence fell from 0.120 to 0.050 s at once for device Nova 12");
    assertThat(title("pipeline.pitch", null, gradual(BEGAN, 171.4, 190.6, 0.3)))
        .isEqualTo("pipeline.pitch rose from 171 to 191 Hz over days");
    assertThat(title("asr.words_per_second", null, sudden(BEGAN, 2.71, 1.96, -0.5)))
        .isEqualTo("asr.words_per_second fell from 2.7 to 2.0 word/s at once");
    assertThat(title("vad.speech_ratio", null, sudden(BEGAN, 0.81, 0.7, -1)))
        .isEqualTo("vad.speech_ratio fell from 0.810 to 0.700 at once");
  }

  @Test
  void saysRatesInPercent() {
    assertThat(Wording.title(alarm(nulls(null, 0.0412, null))))
        .isEqualTo("asr.null_transcripts rose from 2.0 % to 4.1 % at once");
  }

  @Test
  void saysWhoWhereACohortDidNotSay() {
    CohortKey unsaid = new CohortKey(CohortKey.Dimension.APP_VERSION, "");

    assertThat(title("pipeline.level", unsaid, sudden(BEGAN, -27, -33, -1.2)))
        .isEqualTo("pipeline.level fell from -27.0 to -33.0 dB at once for app version unknown");
  }

  @Test
  void isTheSameInEveryLanguageOfTheMachine() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertThat(title("pipeline.level", null, sudden(BEGAN, -27.5, -33, -1.2))).contains("-27.5");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void sendsPeopleToTheDetectorWhereClipsAreCutOtherwise() {
    assertThat(step("vad.leading_silence", NOVA))
        .contains("detector")
        .contains("in this cohort")
        .contains("roll");
    assertThat(step("vad.leading_silence", null)).doesNotContain("cohort");
  }

  @Test
  void sendsPeopleToTheMicrophonesAndToThePeople() {
    assertThat(step("pipeline.level", null)).contains("microphones");
    assertThat(step("vad.speech_seconds", null)).contains("longer or shorter");
    assertThat(step("vad.speech_ratio", null)).contains("longer or shorter");
  }

  @Test
  void saysWhatARiseOfNullTranscriptsConsistsOf() {
    String clips = Wording.nextStep(alarm(nulls(null, 0.06, split(0.03, 0.01))));
    assertThat(clips)
        .contains("other clips")
        .contains("+3.0 points from other clips")
        .contains("+1.0 points from other answers")
        .endsWith("look at the detector.");

    String answers = Wording.nextStep(alarm(nulls(NOVA, 0.06, split(-0.01, 0.05))));
    assertThat(answers)
        .contains("in this cohort")
        .contains("-1.0 points from other clips")
        .contains("roll the model back");

    assertThat(Wording.nextStep(alarm(nulls(null, 0.06, null))))
        .contains("same clips")
        .doesNotContain("points");
  }

  @Test
  void saysWhatAnotherCauseCostsThoseWhomItConcerns() {
    Evidence cut = new Evidence(series("vad.leading_silence", NOVA), STRONG, Optional.empty());
    Evidence ofAll = nulls(null, 0.03, split(0.005, 0.005));
    Evidence ofNova = nulls(NOVA, 0.06, split(0.03, 0.01));

    String step = Wording.nextStep(alarm(Kind.QUALITY, List.of(ofAll, cut, ofNova)));

    assertThat(step)
        .startsWith("The detector cuts")
        .endsWith(
            " It costs words: asr.null_transcripts rose from 2.0 % to 6.0 % at once for device Nova"
                + " 12 (of the change, +3.0 points from other clips and +1.0 points from other"
                + " answers).");
  }

  @Test
  void saysNothingOfCostsWhereNullTranscriptsFell() {
    Evidence cut = new Evidence(series("vad.leading_silence", null), STRONG, Optional.empty());
    Evidence fewer = nulls(null, 0.01, split(-0.01, 0));

    assertThat(Wording.nextStep(alarm(Kind.QUALITY, List.of(cut, fewer))))
        .doesNotContain("costs words");
  }

  @Test
  void hasWordsForLoadAndForNothingToShow() {
    Alarm load = alarm(Kind.LOAD, List.of());
    Alarm none = alarm(Kind.NO_DATA, List.of());
    Alarm empty = alarm(Kind.QUALITY, List.of());

    assertThat(Wording.title(load)).contains("more utterances");
    assertThat(Wording.nextStep(load)).contains("replicas");
    assertThat(Wording.title(none)).contains("No utterances");
    assertThat(Wording.nextStep(none)).contains("router");
    assertThat(Wording.title(empty)).isNotEmpty();
    assertThat(Wording.nextStep(empty)).isNotEmpty();
  }

  private static String step(String metric, @Nullable CohortKey cohort) {
    return Wording.nextStep(alarm(metric, cohort, sudden(BEGAN, 1, 2, 1)));
  }

  private static String title(String metric, @Nullable CohortKey cohort, Finding finding) {
    return Wording.title(alarm(metric, cohort, finding));
  }

  private static Alarm alarm(String metric, @Nullable CohortKey cohort, Finding finding) {
    return alarm(new Evidence(series(metric, cohort), finding, Optional.empty()));
  }

  private static Alarm alarm(Evidence evidence) {
    return alarm(Kind.QUALITY, List.of(evidence));
  }

  private static Alarm alarm(Kind kind, List<Evidence> evidence) {
    return new Alarm(
        "a", kind, BEGAN, BEGAN, Optional.of(BEGAN), Optional.empty(), evidence, Optional.empty());
  }
}
