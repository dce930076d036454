// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Audio16kTest {
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 7, 15_999, 16_000, 16_001, 3_600L * 16_000, Integer.MAX_VALUE})
  void turnsCountsIntoTimeAndBackWithoutLoss(long samples) {
    assertThat(Audio16k.samples(Audio16k.duration(samples))).isEqualTo(samples);
    assertThat(Audio16k.samplesInNanos(Audio16k.nanos(samples))).isEqualTo(samples);
    assertThat(Audio16k.duration(samples).toNanos()).isEqualTo(Audio16k.nanos(samples));
  }

  @ParameterizedTest
  @CsvSource({"62499, 0", "62500, 1", "124999, 1", "1000000, 16", "-1, -1"})
  void roundsTimeDownToWholeSamples(long nanos, long samples) {
    assertThat(Audio16k.samplesInNanos(nanos)).isEqualTo(samples);
    assertThat(Audio16k.samples(Duration.ofNanos(nanos))).isEqualTo(samples);
  }

  @ParameterizedTest
  @CsvSource({"15, 0", "16, 1", "320, 20", "16000, 1000"})
  void countsWholeMilliseconds(long samples, long millis) {
    assertThat(Audio16k.millis(samples)).isEqualTo(millis);
  }
}
