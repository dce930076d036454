// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.common.config.ConfigException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ServiceMainTest {
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
  private final FakeHost host = new FakeHost();
  private final List<String> closed = new ArrayList<>();
  private final ServiceMain main =
      new ServiceMain("vad-service", new PrintStream(errors, true, StandardCharsets.UTF_8), host);

  @Test
  void saysWhatIsWrongWithTheConfiguration() {
    int code =
        main.run(
            closer -> {
              throw new ConfigException(List.of("a.conf: 3: port is missing"));
            });

    assertThat(code).isEqualTo(78);
    assertThat(printed()).startsWith("vad-service: ").contains("a.conf: 3: port is missing");
  }

  @Test
  void saysWhatIsWrongWithTheCommandLine() {
    int code =
        main.run(
            closer -> {
              throw new UsageException("--port needs a number");
            });

    assertThat(code).isEqualTo(64);
    assertThat(printed()).isEqualTo("vad-service: --port needs a number\n");
  }

  @Test
  void unwindsAStartThatFails() {
    int code =
        main.run(
            closer -> {
              closer.register(() -> closed.add("telemetry"));
              throw new StartException("cannot listen on 127.0.0.1:7601");
            });

    assertThat(code).isEqualTo(70);
    assertThat(closed).containsExactly("telemetry");
    assertThat(printed()).isEqualTo("vad-service: cannot listen on 127.0.0.1:7601\n");
  }

  @Test
  void keepsTheTextOfABugOffTheScreen() {
    int code =
        main.run(
            closer -> {
              closer.register(() -> closed.add("telemetry"));
              throw new IllegalStateException("expected by the test");
            });

    assertThat(code).isEqualTo(70);
    assertThat(closed).containsExactly("telemetry");
    assertThat(printed()).doesNotContain("expected by the test").contains("because of a bug");
  }

  @Test
  void closesOnceAndEndsCleanlyWhenTold() {
    int code =
        main.run(
            closer -> {
              closer.register(() -> closed.add("server"));
              host.end();
            });

    assertThat(code).isZero();
    host.join();
    assertThat(host.halted).containsExactly(0);
    assertThat(closed).containsExactly("server");
  }

  @Test
  void endsAsACrashWhenClosingFails() {
    main.run(
        closer -> {
          closer.register(
              () -> {
                throw new IllegalStateException("expected by the test");
              });
          host.end();
        });

    host.join();
    assertThat(host.halted).containsExactly(70);
  }

  @Test
  void drainsWhatHasStartedWhenToldInTheMiddleOfTheStart() {
    int code =
        main.run(
            closer -> {
              closer.register(() -> closed.add("telemetry"));
              host.end();
              host.join();
              closer.register(() -> closed.add("server"));
            });

    assertThat(code).isZero();
    assertThat(host.halted).containsExactly(0);
    assertThat(closed).containsExactly("telemetry", "server");
    assertThat(printed()).isEmpty();
  }

  @Test
  void leavesTheExitCodeOfARefusalAlone() {
    int code =
        main.run(
            closer -> {
              throw new StartException("cannot listen");
            });
    host.end();
    host.join();

    assertThat(code).isEqualTo(70);
    assertThat(host.halted).isEmpty();
  }

  @Test
  void drainsWhenItsParentIsGone() throws Exception {
    host.watched = true;

    int code =
        main.run(
            closer -> {
              closer.register(() -> closed.add("server"));
              host.parent.close();
            });
    host.join();

    assertThat(code).isZero();
    assertThat(closed).containsExactly("server");
    assertThat(host.exited).hasValue(0);
    assertThat(host.halted).containsExactly(0);
  }

  @Test
  void livesOnWhileItsParentDoes() throws Exception {
    host.watched = true;

    int code =
        main.run(
            closer -> {
              host.parent.write(1);
              throw new StartException("cannot listen");
            });

    assertThat(code).isEqualTo(70);
    assertThat(host.exited).hasValue(null);
    host.parent.close();
  }

  private String printed() {
    return errors.toString(StandardCharsets.UTF_8);
  }

  /** Runs the hook as the JVM would, but ends nothing. */
  private static final class FakeHost implements ServiceMain.Host {
    private final List<Integer> halted = new ArrayList<>();
    private final PipedOutputStream parent = new PipedOutputStream();
    private final AtomicReference<Integer> exited = new AtomicReference<>();
    private boolean watched;
    private Thread hook = new Thread();

    @Override
    public Optional<InputStream> lifeline() {
      try {
        return watched ? Optional.of(new PipedInputStream(parent)) : Optional.empty();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void exit(int code) {
      exited.set(code);
      end();
    }

    @Override
    public void addShutdownHook(Thread added) {
      hook = added;
    }

    @Override
    public void halt(int code) {
      halted.add(code);
    }

    /** The process is told to end. */
    void end() {
      hook.start();
    }

    void join() {
      try {
        hook.join();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
