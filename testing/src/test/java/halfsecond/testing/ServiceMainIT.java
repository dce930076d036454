// SPDX-License-Identifier: Apache-2.0
package halfsecond.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import halfsecond.common.config.ConfigException;
import halfsecond.common.lifecycle.Closer;
import halfsecond.common.lifecycle.ServiceMain;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A service's life in a real process: common cannot test it itself because the helper is here. */
@Timeout(120)
class ServiceMainIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** A service that does as its first argument says. */
  static final class Service {
    private Service() {}

    public static void main(String[] arguments) {
      System.exit(ServiceMain.run("test-service", closer -> start(closer, arguments[0])));
    }

    private static void start(Closer closer, String how) {
      if (how.equals("misconfigured")) {
        throw new ConfigException(List.of("a.conf: 1: port is missing"));
      }
      closer.register(() -> System.out.println("closed"));
      System.out.println("serving");
    }
  }

  /** Dies as a native fault does: no hooks, no last words. */
  static final class Dying {
    private Dying() {}

    public static void main(String[] arguments) {
      System.out.println("last words");
      Runtime.getRuntime().halt(134);
    }
  }

  @Test
  void closesAndEndsCleanlyWhenTold() {
    try (ForkedJvm jvm = ForkedJvm.start(Service.class, List.of(), "normal")) {
      jvm.awaitOutput("serving", LIMIT);
      jvm.terminate();

      ForkedJvm.Result result = jvm.awaitExit(LIMIT);
      assertThat(result.exitCode()).as(result.output()).isZero();
      assertThat(result.output()).containsOnlyOnce("closed");
    }
  }

  @Test
  void endsWithTheCodeOfABadConfiguration() {
    ForkedJvm.Result result = ForkedJvm.run(Service.class, LIMIT, List.of(), "misconfigured");

    assertThat(result.exitCode()).isEqualTo(78);
    assertThat(result.output()).contains("test-service: ").contains("a.conf: 1: port is missing");
  }

  @Test
  void showsHowAChildDied() {
    ForkedJvm.Result result = ForkedJvm.run(Dying.class, LIMIT, List.of());

    assertThat(result.exitCode()).isEqualTo(134);
    assertThat(result.output()).contains("last words");
  }

  @Test
  void tellsWhenTheExpectedOutputNeverComes() {
    try (ForkedJvm jvm = ForkedJvm.start(Dying.class, List.of())) {
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> jvm.awaitOutput("other words", LIMIT))
          .withMessageContaining("last words");
    }
  }
}
