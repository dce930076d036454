// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.common.concurrent.Ticker;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProcessorTimeTest {

  @Test
  void growsWithTheWorkOfTheThreadThatAsksAndOfNoOther() throws Exception {
    Ticker time = ProcessorTime.ofThread(Ticker.system());
    long before = time.nanos();
    AtomicLong worked = new AtomicLong();
    Thread other =
        new Thread(
            () -> {
              long start = time.nanos();
              while (time.nanos() - start < 20_000_000) {
                Thread.onSpinWait();
              }
              worked.set(time.nanos() - start);
            });
    other.start();
    other.join();

    assertThat(worked.get()).isGreaterThanOrEqualTo(20_000_000);
    assertThat(time.nanos() - before).isLessThan(worked.get());
  }
}
