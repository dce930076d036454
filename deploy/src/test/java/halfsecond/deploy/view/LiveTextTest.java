// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LiveTextTest {

  @Test
  void writesOneLineForEachChangeIntoAPipe() {
    Screen screen = Screen.pipe();
    LiveText text = new LiveText(screen.terminal());

    text.partial("");
    text.partial("one");
    text.partial("one");
    text.partial("one two");
    text.closing("  > one two");

    assertThat(screen.out()).isEqualTo("  ... one\n  ... one two\n  > one two\n");
  }

  @Test
  void writesOverTheHypothesisOnAScreen() {
    Screen screen = Screen.tty();
    LiveText text = new LiveText(screen.terminal());

    text.partial("one");
    text.closing("  > one two");

    assertThat(screen.out()).contains("\r\u001b[K").endsWith("\r\u001b[K  > one two\n");
  }

  @Test
  void showsTheEndOfALongHypothesis() {
    Screen screen = Screen.tty();

    new LiveText(screen.terminal()).partial("x".repeat(300) + "end");

    assertThat(screen.out()).contains("xend").doesNotContain("x".repeat(110));
  }
}
