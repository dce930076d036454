// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import static halfsecond.monitor.judge.Evidences.BEGAN;
import static halfsecond.monitor.judge.Evidences.KITE;
import static halfsecond.monitor.judge.Evidences.NOVA;
import static halfsecond.monitor.judge.Evidences.gradual;
import static halfsecond.monitor.judge.Evidences.series;
import static halfsecond.monitor.judge.Evidences.sudden;
import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.monitor.judge.Alarm.Kind;
import halfsecond.monitor.judge.LoadWatch.Load;
import halfsecond.monitor.window.CohortKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class AlarmBookTest {
  private static final Duration TOGETHER = Duration.ofHours(3);

  /** Far shorter than what is unsure of the beginning of what comes slowly. */
  private static final Duration AT_ONCE = Duration.ofMinutes(10);

  private AlarmBook book = new AlarmBook(TOGETHER);

  @Test
  void changesThatBeganAtAboutTheSameTimeAreOneAlarm() {
    found("vad.trailing_silence", NOVA, BEGAN);
    found("pipeline.pitch", KITE, BEGAN.plus(TOGETHER));
    found("asr.confidence", null, BEGAN.minus(TOGETHER));

    assertThat(book.all()).hasSize(1);
    assertThat(only().evidence()).hasSize(3);
    assertThat(only().began()).isEqualTo(BEGAN);
  }

  @Test
  void laterOnesThatNeedNotFollowAreAnother() {
    found("pipeline.pitch", KITE, BEGAN);
    found("vad.trailing_silence", NOVA, BEGAN.plus(TOGETHER).plusMillis(1));

    assertThat(book.all()).hasSize(2);
  }

  @Test
  void laterOnesThatFollowFromTheCauseBelongToIt() {
    found("vad.trailing_silence", NOVA, BEGAN);
    Instant later = BEGAN.plus(Duration.ofHours(9));

    found("asr.confidence", NOVA, later);
    assertThat(book.all()).hasSize(1);

    found("asr.confidence", KITE, later);
    assertThat(book.all()).as("others than those whom the cause concerns").hasSize(2);
  }

  @Test
  void whatConcernsEverybodyConcernsEachCohort() {
    found("vad.trailing_silence", null, BEGAN);

    found("asr.confidence", KITE, BEGAN.plus(Duration.ofHours(9)));

    assertThat(book.all()).hasSize(1);
  }

  @Test
  void whatIsLargerThanTheCauseDoesNotFollowFromIt() {
    book.found(series("vad.trailing_silence", null), sudden(BEGAN, 1, 1.4, 0.4), Optional.empty());

    found("pipeline.level", null, BEGAN.plus(Duration.ofHours(9)));

    assertThat(book.all()).hasSize(2);
  }

  @Test
  void whatBeganWhenTheCauseWasOverDoesNotFollowFromIt() {
    found("vad.trailing_silence", NOVA, BEGAN);
    found("asr.confidence", NOVA, BEGAN);
    Instant over = BEGAN.plus(Duration.ofHours(9));
    book.over(series("vad.trailing_silence", NOVA), over);

    found("asr.words_per_second", NOVA, over.minus(Duration.ofHours(2)));
    assertThat(book.all()).hasSize(1);

    found("asr.confidence", null, over);
    assertThat(book.all()).as("the same metric as a consequence that lingers").hasSize(2);
  }

  @Test
  void ofSeveralOpenOnesItIsTheOneThatBeganNearest() {
    found("pipeline.pitch", KITE, BEGAN);
    found("vad.trailing_silence", NOVA, BEGAN.plus(Duration.ofHours(4)));

    found("vad.leading_silence", NOVA, BEGAN.plus(Duration.ofHours(3)));

    assertThat(book.all()).hasSize(2);
    assertThat(book.all().get(1).evidence()).hasSize(2);
  }

  @Test
  void isOverWithTheLastOfItsChanges() {
    found("vad.trailing_silence", NOVA, BEGAN);
    found("asr.confidence", NOVA, BEGAN);
    Instant end = BEGAN.plus(Duration.ofHours(5));

    book.over(series("vad.trailing_silence", NOVA), end);
    assertThat(only().resolved()).isEmpty();

    book.over(series("asr.confidence", NOVA), end);
    assertThat(only().resolved()).contains(end);
  }

  @Test
  void whatComesAfterItIsOverIsAnother() {
    found("vad.trailing_silence", NOVA, BEGAN);
    book.over(series("vad.trailing_silence", NOVA), BEGAN.plus(Duration.ofHours(1)));

    found("vad.trailing_silence", NOVA, BEGAN.plus(Duration.ofHours(2)));

    assertThat(book.all()).hasSize(2);
  }

  @Test
  void aDayThatStillShowsWhatIsOverIsLeftOver() {
    found("pipeline.level", null, BEGAN);
    Finding day = gradual(BEGAN.minus(Duration.ofHours(10)), 1, 2, 0.3);
    assertThat(book.leftOver(series("pipeline.level", KITE), day))
        .as("it belongs to what is on")
        .isFalse();

    book.over(series("pipeline.level", null), BEGAN.plus(Duration.ofHours(6)));

    assertThat(book.leftOver(series("pipeline.level", KITE), day)).isTrue();
    assertThat(book.leftOver(series("vad.trailing_silence", KITE), day))
        .as("does not follow from it")
        .isFalse();
  }

  @Test
  void aDayThatBeganWhenItWasOverIsNot() {
    found("pipeline.level", null, BEGAN);
    book.over(series("pipeline.level", null), BEGAN.plus(Duration.ofHours(6)));

    Finding day = gradual(BEGAN.plus(Duration.ofHours(6)), 1, 2, 0.3);
    assertThat(book.leftOver(series("pipeline.level", null), day)).isFalse();
    book.found(series("pipeline.level", null), day, Optional.empty());

    assertThat(book.all()).hasSize(2);
  }

  @Test
  void whatComesSlowlyIsOneAlarmWhicheverIsSeenFirst() {
    book = new AlarmBook(AT_ONCE);
    foundSlowly("vad.speech_ratio", NOVA, BEGAN, 0.25);
    foundSlowly("vad.clip_seconds", null, BEGAN.plus(Duration.ofHours(1)), 0.3);
    book.found(
        series("vad.speech_seconds", null),
        sudden(BEGAN.plus(Duration.ofHours(1)), 1, 1.4, 0.4),
        Optional.empty());

    assertThat(book.all()).hasSize(1);
    assertThat(only().cause().orElseThrow().series()).isEqualTo(series("vad.speech_seconds", null));
  }

  @Test
  void whatIsFarLargerIsAnotherThanWhatComesSlowly() {
    book = new AlarmBook(AT_ONCE);
    foundSlowly("vad.speech_ratio", null, BEGAN, 0.25);

    found("vad.trailing_silence", NOVA, BEGAN.plus(Duration.ofHours(1)));

    assertThat(book.all()).hasSize(2);
  }

  @Test
  void soIsWhatConcernsNobodyOfThem() {
    book = new AlarmBook(AT_ONCE);
    foundSlowly("vad.speech_ratio", NOVA, BEGAN, 0.25);

    foundSlowly("vad.clip_seconds", KITE, BEGAN, 0.25);

    assertThat(book.all()).hasSize(2);
  }

  @Test
  void soIsWhatIsFoundMuchLater() {
    book = new AlarmBook(AT_ONCE);
    foundSlowly("vad.speech_ratio", null, BEGAN, 0.25);

    // As long after it was found as its beginning is unsure.
    foundSlowly("vad.clip_seconds", null, BEGAN.plus(Duration.ofMinutes(90)), 0.25);

    assertThat(book.all()).hasSize(2);
  }

  @Test
  void keepsTheLatestOfEachSeries() {
    found("pipeline.level", null, BEGAN);
    SeriesId level = series("pipeline.level", null);
    Finding again = sudden(BEGAN.plus(Duration.ofHours(1)), -27, -33, -1.2);
    book.found(level, again, Optional.empty());
    assertThat(only().evidence()).extracting(Alarm.Evidence::finding).containsExactly(again);

    Finding measured = sudden(BEGAN, -27, -32.9, -1.1);
    book.measured(level, measured);
    assertThat(only().evidence()).extracting(Alarm.Evidence::finding).containsExactly(measured);
  }

  @Test
  void whatIsSuspectedAndThenFoundIsOneAlarm() {
    suspect("vad.trailing_silence", NOVA, BEGAN);
    Alarm suspected = open();
    assertThat(suspected.fired()).isEmpty();
    assertThat(suspected.evidence()).hasSize(1);
    assertThat(book.all()).as("nothing has fired").isEmpty();

    found("vad.trailing_silence", NOVA, BEGAN);
    assertThat(only().id()).isEqualTo(suspected.id());
    assertThat(only().suspected()).isEqualTo(suspected.suspected());
    assertThat(only().fired()).isPresent();
    assertThat(only().evidence()).hasSize(1);
    assertThat(book.open()).containsExactly(only());
  }

  @Test
  void whatCameToNothingIsForgottenOnceItWasTold() {
    suspect("vad.trailing_silence", NOVA, BEGAN);
    assertThat(book.takeChanges()).hasSize(1);
    Instant end = BEGAN.plus(Duration.ofHours(2));
    book.cleared(series("vad.trailing_silence", NOVA), end);

    assertThat(book.takeChanges())
        .singleElement()
        .satisfies(
            alarm -> {
              assertThat(alarm.resolved()).contains(end);
              assertThat(alarm.fired()).isEmpty();
              assertThat(alarm.evidence()).as("what it had been about").hasSize(1);
            });
    assertThat(book.open()).isEmpty();
    assertThat(book.all()).isEmpty();
  }

  @Test
  void suspicionsThatBeganTogetherAreOneAndOnlyWhatIsFoundStays() {
    suspect("vad.trailing_silence", NOVA, BEGAN);
    suspect("asr.confidence", NOVA, BEGAN.plus(Duration.ofHours(1)));
    suspect("pipeline.pitch", KITE, BEGAN.plus(Duration.ofHours(1)));
    assertThat(open().evidence()).hasSize(3);

    book.cleared(series("pipeline.pitch", KITE), BEGAN.plus(Duration.ofHours(2)));
    assertThat(open().evidence()).hasSize(2);

    found("asr.confidence", NOVA, BEGAN.plus(Duration.ofHours(1)));
    assertThat(only().began()).as("of what is certain").isEqualTo(BEGAN.plus(Duration.ofHours(1)));
    assertThat(only().evidence()).hasSize(1);

    book.cleared(series("vad.trailing_silence", NOVA), BEGAN.plus(Duration.ofHours(3)));
    assertThat(only().resolved()).as("that is another matter").isEmpty();
  }

  @Test
  void whatMayBelongToAnAlarmIsNoSuspicionOfItsOwn() {
    found("vad.trailing_silence", NOVA, BEGAN);

    suspect("asr.confidence", NOVA, BEGAN.plus(Duration.ofHours(1)));

    assertThat(book.open()).containsExactly(only());
    assertThat(only().evidence()).hasSize(1);
  }

  @Test
  void loadIsSuspectedBeforeItIsCertain() {
    load(Load.SUSPECTED, BEGAN);
    String id = open().id();
    assertThat(open().fired()).isEmpty();
    load(Load.HIGH, BEGAN.plus(Duration.ofMinutes(15)));
    assertThat(only().id()).isEqualTo(id);
    assertThat(only().fired()).contains(BEGAN.plus(Duration.ofMinutes(15)));
    load(Load.USUAL, BEGAN.plus(Duration.ofHours(1)));
    assertThat(only().resolved()).isPresent();

    load(Load.SUSPECTED, BEGAN.plus(Duration.ofHours(2)));
    load(Load.USUAL, BEGAN.plus(Duration.ofHours(3)));
    assertThat(book.all()).hasSize(1);
    assertThat(book.open()).isEmpty();
  }

  @Test
  void doesNotMindNewsOfWhatIsNotOpen() {
    book.cleared(series("pipeline.level", null), BEGAN);
    book.measured(series("pipeline.level", null), sudden(BEGAN, 1, 2, 1));
    book.over(series("pipeline.level", null), BEGAN);

    assertThat(book.all()).isEmpty();
  }

  @Test
  void loadIsAnAlarmOfItsOwnAndOneAtATime() {
    found("pipeline.level", null, BEGAN);
    load(Load.HIGH, BEGAN);
    load(Load.NONE, BEGAN.plus(Duration.ofHours(1)));
    load(Load.USUAL, BEGAN.plus(Duration.ofHours(2)));

    assertThat(book.all())
        .extracting(Alarm::kind)
        .containsExactly(Kind.QUALITY, Kind.LOAD, Kind.NO_DATA);
    assertThat(book.all())
        .extracting(Alarm::resolved)
        .containsExactly(
            Optional.empty(),
            Optional.of(BEGAN.plus(Duration.ofHours(1))),
            Optional.of(BEGAN.plus(Duration.ofHours(2))));
  }

  @Test
  void namesDifferWithinOneMoment() {
    load(Load.HIGH, BEGAN);
    load(Load.NONE, BEGAN);

    assertThat(List.copyOf(book.all())).extracting(Alarm::id).doesNotHaveDuplicates();
  }

  private Alarm only() {
    assertThat(book.all()).hasSize(1);
    return book.all().get(0);
  }

  private Alarm open() {
    assertThat(book.open()).hasSize(1);
    return book.open().get(0);
  }

  private void suspect(String metric, @Nullable CohortKey cohort, Instant began) {
    book.suspect(series(metric, cohort), sudden(began, 1, 2, 1));
  }

  private void found(String metric, @Nullable CohortKey cohort, Instant began) {
    book.found(series(metric, cohort), sudden(began, 1, 2, 1), Optional.empty());
  }

  private void foundSlowly(
      String metric, @Nullable CohortKey cohort, Instant began, double effect) {
    book.found(series(metric, cohort), gradual(began, 1, 1 + effect, effect), Optional.empty());
  }

  private void load(Load load, Instant at) {
    book.load(new LoadWatch.Change(load, at, 100, 300), at);
  }
}
