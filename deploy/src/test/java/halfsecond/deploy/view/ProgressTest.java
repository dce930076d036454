// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.view;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.testing.FakeScheduler;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private final FakeScheduler scheduler = new FakeScheduler();

  @Test
  void saysNothingAboutWhatIsQuick() {
    Screen pipe = Screen.pipe();

    try (Progress progress = start(pipe)) {
      scheduler.advance(Duration.ofMillis(1_900));
      progress.update("10 %");
    }

    assertThat(pipe.err()).isEmpty();
  }

  @Test
  void writesPlainLinesIntoAPipe() {
    Screen pipe = Screen.pipe();

    try (Progress progress = start(pipe)) {
      progress.update("10 %");
      scheduler.advance(Duration.ofSeconds(2));
      progress.update("60 %");
      scheduler.advance(Duration.ofSeconds(10));
    }

    assertThat(pipe.err()).isEqualTo("preparing: 10 % (2 s)\npreparing: 60 % (12 s)\n");
    assertThat(pipe.out()).isEmpty();
  }

  @Test
  void movesOnAScreenAndLeavesNothingBehind() {
    Screen screen = Screen.tty();

    try (Progress progress = start(screen)) {
      progress.update("composing");
      scheduler.advance(Duration.ofMillis(300));
      assertThat(screen.err()).endsWith("preparing: composing (0 s)");
    }

    assertThat(screen.err()).endsWith("\r\u001b[K");
  }

  @Test
  void stopsWhenClosed() {
    Screen screen = Screen.tty();
    Progress progress = start(screen);
    scheduler.advance(Duration.ofSeconds(1));

    progress.close();
    String shown = screen.err();
    scheduler.advance(Duration.ofSeconds(1));

    assertThat(screen.err()).isEqualTo(shown);
    assertThat(scheduler.pending()).isZero();
  }

  private Progress start(Screen screen) {
    return new Progress(screen.terminal(), scheduler, () -> {}, "preparing");
  }
}
