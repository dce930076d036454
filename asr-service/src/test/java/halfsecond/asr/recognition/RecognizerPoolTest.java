// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import halfsecond.testing.FakeTicker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RecognizerPoolTest {
  private final FakeTicker ticker = new FakeTicker();
  private final RecognizerPool pool =
      new RecognizerPool(
          FakeRecognizer::new, new RecognizerPool.Limits(2, 3, Duration.ofMinutes(10)), ticker);

  @Test
  void givesOutTheOneThatWasUsedLast() {
    Recognizer first = pool.acquire();
    Recognizer second = pool.acquire();
    pool.release(first);
    pool.release(second);

    assertThat(pool.acquire()).isSameAs(second);
    assertThat(pool.acquire()).isSameAs(first);
    assertThat(pool.acquire()).isNotIn(first, second);
  }

  @Test
  void keepsNoMoreThanItsLimit() {
    FakeRecognizer first = (FakeRecognizer) pool.acquire();
    FakeRecognizer second = (FakeRecognizer) pool.acquire();
    FakeRecognizer third = (FakeRecognizer) pool.acquire();
    pool.release(first);
    pool.release(second);
    pool.release(third);

    assertThat(pool.idle()).isEqualTo(2);
    assertThat(third.closed).isTrue();
    assertThat(first.closed).isFalse();
  }

  @Test
  void retiresAfterItsClips() {
    FakeRecognizer recognizer = (FakeRecognizer) pool.acquire();
    pool.release(recognizer);
    assertThat(pool.acquire()).isSameAs(recognizer);
    pool.release(recognizer);
    assertThat(pool.acquire()).isSameAs(recognizer);
    pool.release(recognizer);

    assertThat(recognizer.closed).isTrue();
    assertThat(pool.idle()).isZero();
  }

  @Test
  void retiresAfterItsAge() {
    FakeRecognizer recognizer = (FakeRecognizer) pool.acquire();
    ticker.advance(Duration.ofMinutes(10));
    pool.release(recognizer);

    assertThat(recognizer.closed).isTrue();
  }

  @Test
  void closesWhatFailed() {
    FakeRecognizer recognizer = (FakeRecognizer) pool.acquire();
    pool.discard(recognizer);

    assertThat(recognizer.closed).isTrue();
    assertThat(pool.acquire()).isNotSameAs(recognizer);
  }

  @Test
  void closingTakesTheIdleOnesNowAndTheOthersWhenTheyReturn() {
    FakeRecognizer idle = (FakeRecognizer) pool.acquire();
    FakeRecognizer busy = (FakeRecognizer) pool.acquire();
    pool.release(idle);

    pool.close();

    assertThat(idle.closed).isTrue();
    assertThat(busy.closed).isFalse();
    pool.release(busy);
    assertThat(busy.closed).isTrue();
    assertThatThrownBy(pool::acquire).isInstanceOf(IllegalStateException.class);
  }
}
