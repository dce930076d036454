// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import halfsecond.monitor.statistics.RateSplit;
import org.junit.jupiter.api.Test;

final class CutStrataTest {
  private final CutStrata strata = new CutStrata();

  @Test
  void blamesTheClipsWhereMoreOfThemAreShort() {
    add(900, 2, 0.2, 100);
    add(100, 0.4, 0.2, 5);

    add(100, 2, 0.2, 100);
    add(100, 0.4, 0.2, 5);

    RateSplit split = strata.split(200).orElseThrow();
    assertThat(split.before()).isCloseTo(0.9 * 0.01 + 0.1 * 0.2, within(1e-9));
    assertThat(split.mix()).isCloseTo(0.4 * 0.2 - 0.4 * 0.01, within(0.005));
    assertThat(split.within()).isCloseTo(0, within(0.005));
  }

  @Test
  void blamesTheAnswersWhereTheClipsAreTheSame() {
    add(900, 2, 0.2, 100);
    add(100, 0.4, 0.2, 5);

    add(90, 2, 0.2, 10);
    add(10, 0.4, 0.2, 5);

    RateSplit split = strata.split(100).orElseThrow();
    assertThat(split.mix()).isCloseTo(0, within(1e-9));
    assertThat(split.within()).isCloseTo(0.9 * 0.09, within(1e-9));
  }

  @Test
  void tellsClipsApartByTheSilenceBeforeTheSpeechToo() {
    add(1_000, 2, 0.2, 100);

    add(100, 2, 0.02, 5);

    // A stratum that was not there before takes its own rate for what it was.
    RateSplit split = strata.split(100).orElseThrow();
    assertThat(split.after() - split.before()).isCloseTo(0.19, within(1e-9));
    assertThat(split.mix()).isCloseTo(0.19, within(1e-9));
  }

  @Test
  void countsTheUpperEndsToTheShorterClips() {
    add(100, 1, 0.1, 10);

    add(100, 1.001, 0.1, 10);
    assertThat(strata.split(100).orElseThrow().mix()).isCloseTo(0, within(1e-9));
    add(100, 1, 0.1, 2);

    RateSplit split = strata.split(100).orElseThrow();
    assertThat(split.within()).as("half of the clips were of the same kind").isPositive();
  }

  @Test
  void hasNothingToSplitWithoutBoth() {
    assertThat(strata.split(10)).isEmpty();

    add(10, 2, 0.2, 5);
    assertThat(strata.split(10)).as("nothing before").isEmpty();
    assertThat(strata.split(100)).as("more than there are").isEmpty();
    assertThat(strata.split(0)).as("nothing after").isEmpty();
    assertThat(strata.split(9)).isPresent();
  }

  @Test
  void leavesOutWhatItCannotPlace() {
    add(10, 2, 0.2, 5);
    for (int i = 0; i < 10; i++) {
      strata.add(Utterances.unmeasured(), true);
    }

    assertThat(strata.split(5).orElseThrow().after()).isEqualTo(0.2);
  }

  @Test
  void splitsWhatBeganLongAgoOverTheLatestThatItRemembers() {
    add(10_000, 2, 0.2, 100);
    add(5_000, 2, 0.2, 10);

    RateSplit split = strata.split(5_000).orElseThrow();

    assertThat(split.after()).as("of the latest 4096").isCloseTo(0.1, within(0.001));
    assertThat(split.before()).as("of all before").isBetween(0.01, 0.02);
  }

  /** So many clips, every {@code each}-th of which comes back empty. */
  private void add(int count, double clip, double lead, int each) {
    for (int i = 0; i < count; i++) {
      boolean empty = i % each == each - 1;
      strata.add(Utterances.cut(clip, lead, empty), empty);
    }
  }
}
