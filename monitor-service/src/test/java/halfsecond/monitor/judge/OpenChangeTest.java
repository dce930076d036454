// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import static halfsecond.monitor.judge.Evidences.BEGAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import halfsecond.monitor.judge.OpenChange.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** From 10 to 20, in a level that stands at 10 with a standard deviation of 2. */
final class OpenChangeTest {
  private static final double SURE = 1e-9;

  /** Shorter than two blocks, of which each value is a second. */
  private static final Duration HOLD = Duration.ofMinutes(5);

  /** For a change as large as this. */
  private static final int BLOCK = 300;

  private final Yardstick yardstick = yardstick(1);
  private Instant now = BEGAN;
  private final OpenChange change = new OpenChange(Evidences.sudden(BEGAN, 10, 20, 5));

  @Test
  void tellsWithEachBlockHowLargeItReallyIs() {
    assertThat(block(16)).isEqualTo(Standing.MEASURED);
    assertThat(change.finding().after()).isEqualTo(16);
    assertThat(change.finding().effect()).isCloseTo(3, within(SURE));

    assertThat(block(18)).isEqualTo(Standing.MEASURED);
    assertThat(change.finding().after()).as("of both blocks").isEqualTo(17);
    assertThat(change.finding().began()).isEqualTo(BEGAN);
  }

  @Test
  void saysNothingWithinABlock() {
    for (int i = 1; i < BLOCK; i++) {
      assertThat(change.add(10, 10, yardstick, next(), HOLD)).isEqualTo(Standing.OPEN);
    }
  }

  @Test
  void takesLongerToTellOfASmallChange() {
    Yardstick noisy = yardstick(1_000);
    OpenChange small = new OpenChange(Evidences.sudden(BEGAN, 10, 11, 0.5));
    int values = 0;
    Standing standing;
    do {
      standing = small.add(10, 10, noisy, next(), HOLD);
      values++;
    } while (standing != Standing.OVER);

    // 10 x (1.5 / (0.35 x 0.5)) squared, twice.
    assertThat(values).isEqualTo(2 * 735);
  }

  @Test
  void isOverAfterTwoCalmBlocksInARow() {
    assertThat(block(10)).isEqualTo(Standing.OPEN);
    assertThat(block(10)).isEqualTo(Standing.OVER);
  }

  @Test
  void aChangeInBetweenBeginsTheCountAnew() {
    assertThat(block(10)).isEqualTo(Standing.OPEN);
    assertThat(block(20)).isEqualTo(Standing.MEASURED);
    assertThat(block(10)).isEqualTo(Standing.OPEN);
    assertThat(block(10)).isEqualTo(Standing.OVER);
  }

  @Test
  void calmIsAThirdOfTheChangeOrLess() {
    assertThat(block(13.4)).isEqualTo(Standing.OPEN);
    assertThat(block(13.6)).isEqualTo(Standing.MEASURED);
  }

  @Test
  void whatIsNegligibleIsCalmHoweverSmallTheChangeWas() {
    OpenChange small = new OpenChange(Evidences.sudden(BEGAN, 10, 10.2, 0.1));
    Standing standing = Standing.OPEN;
    for (int i = 0; i < 2 * BLOCK; i++) {
      standing = small.add(10.2, 10, yardstick, next(), HOLD);
    }
    assertThat(standing).isEqualTo(Standing.OVER);
  }

  @Test
  void goesByWhatIsExpectedAtThatTime() {
    for (int i = 0; i < 2 * BLOCK - 1; i++) {
      change.add(17, 17, yardstick, next(), HOLD);
    }
    assertThat(change.add(17, 17, yardstick, next(), HOLD)).isEqualTo(Standing.OVER);
  }

  @Test
  void isNotOverBeforeItWasCalmForAWhile() {
    Duration hold = Duration.ofSeconds(4 * BLOCK - 1);
    int values = 0;
    Standing standing;
    do {
      standing = change.add(10, 10, yardstick, next(), hold);
      values++;
    } while (standing == Standing.OPEN);

    assertThat(standing).isEqualTo(Standing.OVER);
    assertThat(values).isEqualTo(4 * BLOCK);
  }

  @Test
  void theWhileBeginsAnewWithEachChange() {
    Duration hold = Duration.ofSeconds(3 * BLOCK - 1);
    for (double value : new double[] {10, 10, 20, 10, 10}) {
      for (int i = 0; i < BLOCK; i++) {
        assertThat(change.add(value, 10, yardstick, next(), hold)).isNotEqualTo(Standing.OVER);
      }
    }
  }

  private Instant next() {
    now = now.plusSeconds(1);
    return now;
  }

  private Standing block(double value) {
    Standing standing = Standing.OPEN;
    for (int i = 0; i < BLOCK; i++) {
      standing = change.add(value, 10, yardstick, next(), HOLD);
    }
    return standing;
  }

  /**
   * @param run values in a row that are the same
   */
  private static Yardstick yardstick(int run) {
    PeriodOfValues period = new PeriodOfValues(true, Pace.CONSUMER);
    for (int i = 0; i < 50_000; i++) {
      period.add(i / run % 2 == 0 ? 8 : 12, BEGAN);
    }
    return Yardstick.of(
        Evidences.watched("pipeline.level"),
        Criteria.of(Pace.CONSUMER, null),
        Reference.of(List.of(period)));
  }
}
