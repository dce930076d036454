// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CloserTest {
  private final List<String> closed = new ArrayList<>();
  private final Closer closer = new Closer();

  @Test
  void closesInReverseOrderAndOnce() {
    closer.register(() -> closed.add("first"));
    closer.register(() -> closed.add("second"));

    closer.close();
    closer.close();

    assertThat(closed).containsExactly("second", "first");
  }

  @Test
  void closesAllEvenWhenSomeFail() {
    IOException early = new IOException("expected by the test");
    RuntimeException late = new RuntimeException("expected by the test");
    closer.register(() -> closed.add("first"));
    closer.register(
        () -> {
          throw late;
        });
    closer.register(
        () -> {
          throw early;
        });

    assertThatThrownBy(closer::close).hasCause(early).hasSuppressedException(late);
    assertThat(closed).containsExactly("first");
  }

  @Test
  void closesWhatComesTooLate() {
    closer.close();

    assertThatIllegalStateException().isThrownBy(() -> closer.register(() -> closed.add("late")));
    assertThat(closed).containsExactly("late");
  }

  @Test
  void addsFailuresOfTheUnwindingToWhatCausedIt() {
    RuntimeException cause = new RuntimeException("expected by the test");
    RuntimeException unwinding = new RuntimeException("expected by the test");
    closer.register(
        () -> {
          throw unwinding;
        });

    closer.closeAfter(cause);

    assertThat(cause).hasSuppressedException(unwinding);
  }

  @Test
  void keepsTheInterruptThatAResourceReports() {
    closer.register(
        () -> {
          throw new InterruptedException();
        });

    assertThatIllegalStateException().isThrownBy(closer::close);
    assertThat(Thread.interrupted()).isTrue();
  }
}
