// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ClientTimelineTest {
  @ParameterizedTest
  @CsvSource({
    "0, PT0S",
    "1, PT0.0000625S",
    "16000, PT1S",
    "15999, PT0.9999375S",
    "4640000, PT290S"
  })
  void givesInnerSamplesTheirExactTime(long sample, Duration offset) {
    ClientTimeline timeline = new ClientTimeline(new SampleRate(44_100));

    assertThat(timeline.offsetOf(sample)).isEqualTo(offset);
    assertThat(timeline.innerSampleAt(offset)).isEqualTo(sample);
  }

  @ParameterizedTest
  @CsvSource({"31249, 0", "31250, 1", "93749, 1", "93750, 2", "999999999, 16000"})
  void takesTheNearestInnerSampleOfAMoment(long nanos, long sample) {
    assertThat(new ClientTimeline(SampleRate.INNER).innerSampleAt(Duration.ofNanos(nanos)))
        .isEqualTo(sample);
  }

  @ParameterizedTest
  @CsvSource({
    "8000, 1, 2",
    "8000, 7, 14",
    "48000, 1, 0",
    "48000, 2, 1",
    "48000, 3, 1",
    "44100, 441, 160",
    "44100, 1, 0",
    "44100, 2, 1",
    "16000, 12345, 12345"
  })
  void takesTheNearestInnerSampleOfAClientSample(int rate, long clientSample, long innerSample) {
    assertThat(new ClientTimeline(new SampleRate(rate)).innerSampleOf(clientSample))
        .isEqualTo(innerSample);
  }

  @ParameterizedTest
  @CsvSource({"8000, 1, 1", "8000, 2, 1", "8000, 3, 2", "48000, 5, 15", "44100, 160, 441"})
  void takesTheNearestClientSampleOfAnInnerSample(int rate, long innerSample, long clientSample) {
    assertThat(new ClientTimeline(new SampleRate(rate)).clientSampleOf(innerSample))
        .isEqualTo(clientSample);
  }

  @ParameterizedTest
  @ValueSource(ints = {8_000, 11_025, 16_000, 22_050, 44_099, 44_100, 48_000})
  void movesAPositionByAtMostHalfASampleOfEachRateThereAndBack(int rate) {
    ClientTimeline timeline = new ClientTimeline(new SampleRate(rate));
    Random random = new Random(rate);
    double halfOfEach = rate / 16_000.0 / 2 + 0.5;

    for (int i = 0; i < 10_000; i++) {
      long clientSample = random.nextInt(1 << 30);
      long back = timeline.clientSampleOf(timeline.innerSampleOf(clientSample));

      assertThat((double) (back - clientSample)).isCloseTo(0, within(halfOfEach));
    }
  }

  @Test
  void knowsTheLengthOfTheClientsAudioToTheNanosecond() {
    ClientTimeline timeline = new ClientTimeline(new SampleRate(44_100));

    assertThat(timeline.durationOf(44_100L * 290)).hasSeconds(290);
    assertThat(timeline.durationOf(1)).hasNanos(22_676);
    assertThat(timeline.durationOf(2)).hasNanos(45_351);
  }
}
