// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When audio was due. */
final class AudioClockTest {
  private static final long MS = 1_000_000;
  private final AudioClock clock = new AudioClock(true);

  @Test
  void isTheArrivalForAudioThatComesLate() {
    clock.begins(1000 * MS, 100 * MS);
    clock.arrived(1_600, 1000 * MS);
    clock.arrived(3_200, 1300 * MS);

    assertThat(clock.dueNanos(3_200)).isEqualTo(1300 * MS);
  }

  @Test
  void isThePositionForAudioThatComesAheadOfItsTime() {
    clock.begins(1000 * MS, 100 * MS);
    clock.arrived(1_600, 1000 * MS);
    clock.arrived(16_000, 1010 * MS);

    // The session began at 900 ms.
    assertThat(clock.dueNanos(16_000)).isEqualTo(1900 * MS);
  }

  @Test
  void isTheArrivalForAudioThatNobodyWaitsFor() {
    AudioClock batch = new AudioClock(false);
    batch.begins(1000 * MS, 100 * MS);
    batch.arrived(1_600, 1000 * MS);
    batch.arrived(160_000, 1010 * MS);

    assertThat(batch.dueNanos(160_000)).isEqualTo(1010 * MS);
  }

  @Test
  void isTheArrivalForAudioSentAtOnce() {
    clock.begins(1000 * MS, 60_000 * MS);
    clock.arrived(60 * 16_000, 1000 * MS);

    assertThat(clock.dueNanos(32_000)).isEqualTo(1000 * MS);
  }

  @Test
  void startsWithTheFirstAudioOnly() {
    clock.begins(1000 * MS, 100 * MS);
    clock.begins(5000 * MS, 100 * MS);
    clock.arrived(1_600, 1000 * MS);
    clock.arrived(160_000, 1001 * MS);

    assertThat(clock.dueNanos(160_000)).isEqualTo(10_900 * MS);
  }

  @Test
  void remembersArrivalsOfTinyMessagesAtAGrainOfTenMilliseconds() {
    clock.begins(0, 0);
    for (int sample = 1; sample <= 1_600; sample++) {
      clock.arrived(sample, 1000 * MS + sample);
    }

    long due = clock.dueNanos(800);
    assertThat(due).isBetween(1000 * MS + 800, 1000 * MS + 800 + 160);
  }
}
