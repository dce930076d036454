// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Retries are a share of the utterances. */
final class RetryBudgetTest {
  private static int takeAll(RetryBudget budget) {
    int taken = 0;
    while (budget.take()) {
      taken++;
    }
    return taken;
  }

  @Test
  void beginsFullAndIsFilledByUtterances() {
    RetryBudget budget = new RetryBudget(0.25);
    assertThat(takeAll(budget)).isEqualTo(10);
    for (int i = 0; i < 11; i++) {
      budget.utterance();
    }

    assertThat(takeAll(budget)).isEqualTo(2);
  }

  @Test
  void savesUpNoMoreThanItsCap() {
    RetryBudget budget = new RetryBudget(1);
    for (int i = 0; i < 1000; i++) {
      budget.utterance();
    }

    assertThat(takeAll(budget)).isEqualTo(10);
  }

  @Test
  void refusesAShareThatIsNone() {
    assertThatThrownBy(() -> new RetryBudget(1.1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RetryBudget(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
