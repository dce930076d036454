// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebRtcVadTest {
  static Stream<Arguments> everyCombination() {
    return Stream.of(8000, 16000, 32000, 48000)
        .flatMap(
            rate ->
                Stream.of(10, 20, 30)
                    .flatMap(
                        millis ->
                            Stream.of(0, 1, 2, 3).map(mode -> Arguments.of(rate, millis, mode))));
  }

  @ParameterizedTest(name = "{0} Hz, {1} ms, mode {2}")
  @MethodSource("everyCombination")
  void tellsVowelsFromSilence(int rate, int millis, int mode) {
    assertThat(share(rate, millis, mode, i -> 0)).isZero();
    assertThat(share(rate, millis, mode, i -> vowel((double) i / rate))).isGreaterThan(0.8);
  }

  @ParameterizedTest(name = "{0} Hz, {1} ms, mode {2}")
  @MethodSource("everyCombination")
  void survivesTheLoudestNoise(int rate, int millis, int mode) {
    Random random = new Random(rate + millis + mode);

    assertThat(share(rate, millis, mode, i -> random.nextBoolean() ? 32767 : -32768))
        .isBetween(0.0, 1.0);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {Integer.MIN_VALUE, -8000, 0, 1, 11025, 22050, 44100, 96000, Integer.MAX_VALUE})
  void refusesOtherRates(int rate) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WebRtcVad(rate, 20, 3))
        .withMessageContaining("sampleRateHertz")
        .withMessageContaining(Integer.toString(rate));
  }

  @ParameterizedTest
  @ValueSource(ints = {-10, 0, 5, 15, 25, 40})
  void refusesOtherFrames(int millis) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WebRtcVad(16000, millis, 3))
        .withMessageContaining("frameMillis");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 4})
  void refusesOtherModes(int mode) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WebRtcVad(16000, 20, mode))
        .withMessageContaining("mode");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 160, 319, 321, 480})
  void refusesFramesOfAnotherLength(int length) {
    try (WebRtcVad vad = new WebRtcVad(16000, 20, 3)) {
      assertThatIllegalArgumentException().isThrownBy(() -> vad.isVoiced(new short[length]));
    }
  }

  @Test
  void cannotBeUsedAfterItIsClosed() {
    WebRtcVad vad = new WebRtcVad(16000, 20, 3);
    vad.close();

    assertThatIllegalStateException()
        .isThrownBy(() -> vad.isVoiced(new short[320]))
        .withMessageContaining("closed");
  }

  @Test
  void freesItsHandleOnce() {
    long before = HandleCounts.live();
    WebRtcVad vad = new WebRtcVad(16000, 20, 3);
    assertThat(HandleCounts.live()).isEqualTo(before + 1);

    vad.close();
    vad.close();

    assertThat(HandleCounts.live()).isEqualTo(before);
  }

  @Test
  void refusesArgumentsWithoutTouchingNativeMemory() {
    long before = HandleCounts.live();

    assertThatIllegalArgumentException().isThrownBy(() -> new WebRtcVad(0, 20, 3));

    assertThat(HandleCounts.live()).isEqualTo(before);
  }

  @Test
  void isUsedByOneThreadAtATime() {
    Handle handle = new Handle();
    handle.acquire();
    try {
      assertThatIllegalStateException()
          .isThrownBy(handle::acquire)
          .withMessageContaining("another thread");
      assertThatIllegalStateException()
          .isThrownBy(handle::free)
          .withMessageContaining("another thread");
    } finally {
      handle.release();
      handle.free();
    }
  }

  @Test
  void closingFromManyThreadsFreesOnce() throws InterruptedException {
    long before = HandleCounts.live();
    WebRtcVad vad = new WebRtcVad(16000, 20, 3);
    CountDownLatch go = new CountDownLatch(1);
    Runnable close =
        () -> {
          try {
            go.await();
            vad.close();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    List<Thread> threads = Stream.generate(() -> new Thread(close)).limit(8).toList();

    threads.forEach(Thread::start);
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(HandleCounts.live()).isEqualTo(before);
  }

  @Test
  void countsAndFreesWhatWasForgotten() {
    long live = HandleCounts.live();
    long leaked = HandleCounts.leaked();

    forget();

    await("the collector finds the forgotten detector")
        .until(
            () -> {
              System.gc();
              return HandleCounts.leaked() == leaked + 1;
            });
    assertThat(HandleCounts.live()).isEqualTo(live);
  }

  private static void forget() {
    assertThat(new WebRtcVad(16000, 20, 3).isVoiced(new short[320])).isFalse();
  }

  /** Share of voiced frames in the second half of a second, when the detector has adapted. */
  private static double share(int rate, int millis, int mode, IntToDoubleFunction signal) {
    int length = rate / 1000 * millis;
    int frames = 1000 / millis;
    int voiced = 0;
    try (WebRtcVad vad = new WebRtcVad(rate, millis, mode)) {
      short[] frame = new short[length];
      for (int f = 0; f < frames; f++) {
        for (int i = 0; i < length; i++) {
          frame[i] = (short) signal.applyAsDouble(f * length + i);
        }
        if (vad.isVoiced(frame) && f >= frames / 2) {
          voiced++;
        }
      }
    }
    return (double) voiced / (frames - frames / 2);
  }

  /** Harmonics of 150 Hz, louder and softer four times a second as syllables are. */
  private static double vowel(double seconds) {
    double envelope = 0.6 + 0.4 * Math.sin(2 * Math.PI * 4 * seconds);
    double sum = 0;
    for (int harmonic = 1; harmonic <= 20; harmonic++) {
      sum += Math.sin(2 * Math.PI * 150 * harmonic * seconds) / harmonic;
    }
    return 6000 * envelope * sum;
  }
}
