// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class StreamPaceTest {
  private final StreamPace pace = new StreamPace();

  @Test
  void measuresFromSendingAChunkToItsProgress() {
    pace.sent(3_200, 100);
    pace.sent(3_200, 150);
    assertThat(pace.decoded(3_199, 160)).isEmpty();
    assertThat(pace.progressDue(170)).isEqualTo(70);

    assertThat(pace.decoded(3_200, 180)).hasValue(80);
    assertThat(pace.progressDue(190)).as("nothing is marked").isZero();
    assertThat(pace.decoded(6_400, 190)).isEmpty();

    pace.sent(1_600, 200);
    assertThat(pace.decoded(8_000, 230)).hasValue(30);
  }

  @Test
  void measuresTheFirstAnswerThatWasAskedFor() {
    assertThat(pace.finalDue(50)).isZero();
    pace.finishing(100);
    assertThat(pace.finalDue(150)).isEqualTo(50);

    assertThat(pace.answered(180)).hasValue(80);
    assertThat(pace.answered(190)).isEmpty();
    assertThat(pace.finalDue(200)).isZero();
  }

  @Test
  void doesNotCountAnAnswerThatNobodyAskedFor() {
    assertThat(pace.answered(180)).isEmpty();
  }
}
