// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.monitor.judge.LoadWatch.Load;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LoadWatchTest {
  private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");

  private final LoadWatch watch = new LoadWatch(Pace.CONSUMER);
  private final List<Load> changes = new ArrayList<>();
  private Instant now = START;

  @Test
  void saysThatThereIsFarMoreThanUsualAndWhenItIsOver() {
    hours(24 * 3, 200);
    assertThat(changes).isEmpty();

    hours(2, 600);
    assertThat(changes).containsExactly(Load.SUSPECTED, Load.HIGH);

    hours(2, 200);
    assertThat(changes).containsExactly(Load.SUSPECTED, Load.HIGH, Load.USUAL);
  }

  @Test
  void doesNotMindALittleMoreAndOnlySuspectsASingleQuarter() {
    hours(24, 200);

    hours(3, 280);
    assertThat(changes).isEmpty();
    quarter(150);
    hours(3, 200);

    assertThat(changes).containsExactly(Load.SUSPECTED, Load.USUAL);
  }

  @Test
  void saysThatThereIsNothingOnceSomethingShouldHaveCome() {
    hours(24, 200);

    hours(2, 0);
    assertThat(changes).containsExactly(Load.NONE);

    hours(1, 200);
    assertThat(changes).containsExactly(Load.NONE, Load.USUAL);
  }

  @Test
  void takesAQuietNightForNoNews() {
    for (int day = 0; day < 5; day++) {
      hours(18, 200);
      hours(6, 1);
    }
    assertThat(changes).isEmpty();
  }

  private void hours(int hours, int each) {
    for (int i = 0; i < 4 * hours; i++) {
      quarter(each / 4);
    }
  }

  private void quarter(int count) {
    Instant end = now.plus(Duration.ofMinutes(15));
    for (int i = 0; i < count; i++) {
      watch.add(now.plusMillis(i)).ifPresent(change -> changes.add(change.load()));
    }
    now = end;
    watch.tick(now).ifPresent(change -> changes.add(change.load()));
  }
}
