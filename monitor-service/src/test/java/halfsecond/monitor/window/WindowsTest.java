// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class WindowsTest {
  private static final WindowLayout LAYOUT =
      new WindowLayout(
          Duration.ofMinutes(1),
          Duration.ofMinutes(30),
          Duration.ofMinutes(10),
          Duration.ofHours(2));
  private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

  private final Windows<Aggregate> windows = new Windows<>(LAYOUT, Aggregate::new);

  @Test
  void fineWindowsBecomeCoarseAndLoseNothing() {
    fill(Duration.ofMinutes(60));
    assertThat(windows.size()).isEqualTo(60);

    windows.roll(LAYOUT.edgesAt(START.plus(Duration.ofMinutes(60))));

    assertThat(windows.size()).isEqualTo(3 + 30);
    assertThat(countOf(new TimeSpan(START, START.plus(Duration.ofMinutes(60))))).isEqualTo(60);
    assertThat(countOf(new TimeSpan(START, START.plus(Duration.ofMinutes(10))))).isEqualTo(10);
  }

  @Test
  void rollingTwiceChangesNothing() {
    fill(Duration.ofMinutes(60));
    WindowLayout.Edges edges = LAYOUT.edgesAt(START.plus(Duration.ofMinutes(60)));
    windows.roll(edges);

    windows.roll(edges);

    assertThat(windows.size()).isEqualTo(33);
    assertThat(countOf(new TimeSpan(START, START.plus(Duration.ofHours(1))))).isEqualTo(60);
  }

  @Test
  void oldWindowsAreForgotten() {
    fill(Duration.ofMinutes(60));

    windows.roll(LAYOUT.edgesAt(START.plus(Duration.ofMinutes(150))));

    assertThat(countOf(new TimeSpan(START, START.plus(Duration.ofHours(3))))).isEqualTo(30);
    windows.roll(LAYOUT.edgesAt(START.plus(Duration.ofHours(24))));
    assertThat(windows.size()).isZero();
  }

  @Test
  void aLateRecordJoinsTheCoarseWindow() {
    fill(Duration.ofMinutes(60));
    WindowLayout.Edges edges = LAYOUT.edgesAt(START.plus(Duration.ofMinutes(60)));
    windows.roll(edges);

    windows.at(START.plusSeconds(90), edges).increment(1);

    assertThat(windows.size()).isEqualTo(33);
    assertThat(countOf(new TimeSpan(START, START.plus(Duration.ofMinutes(10))))).isEqualTo(11);
  }

  @Test
  void aSpanLeavesOutWhatLiesOutside() {
    fill(Duration.ofMinutes(10));

    assertThat(countOf(new TimeSpan(START.plusSeconds(120), START.plusSeconds(240)))).isEqualTo(2);
    assertThat(countOf(new TimeSpan(START, START))).isZero();
  }

  private void fill(Duration span) {
    WindowLayout.Edges edges = LAYOUT.edgesAt(START);
    for (long minute = 0; minute < span.toMinutes(); minute++) {
      windows.at(START.plus(Duration.ofMinutes(minute)), edges).increment(1);
    }
  }

  private long countOf(TimeSpan span) {
    AtomicLong count = new AtomicLong();
    windows.forEach(span, cell -> count.addAndGet(cell.samples()));
    return count.get();
  }
}
