// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.pipeline;

import halfsecond.common.lifecycle.StartException;
import halfsecond.deploy.client.Channels;
import halfsecond.deploy.client.Endpoint;
import halfsecond.deploy.client.HealthProbe;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One service in a process of its own. Safe for use by any thread. */
public final class ServiceProcess {

  private static final Duration BETWEEN_PROBES = Duration.ofMillis(100);
  private static final Duration PROBE = Duration.ofSeconds(1);
  private static final List<String> JAVA_OPTIONS =
      List.of(
          "-Xmx768m",
          "-XX:+ExitOnOutOfMemoryError",
          "-XX:-CreateCoredumpOnCrash",
          "--enable-native-access=ALL-UNNAMED",
          "-Dlogback.configurationFile=halfsecond-service-logback.xml");

  private final Service service;
  private final Endpoint endpoint;
  private final Path log;
  private final Process process;

  private ServiceProcess(Service service, Endpoint endpoint, Path log, Process process) {
    this.service = service;
    this.endpoint = endpoint;
    this.log = log;
    this.process = process;
  }

  /**
   * Starts a JVM with this one's class path; it may not serve yet. What it prints goes to {@code
   * log}.
   */
  static ServiceProcess start(Service service, Endpoint endpoint, Path config, Path log)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    builder.command().addAll(JAVA_OPTIONS);
    builder
        .command()
        .addAll(
            List.of(
                "-cp",
                System.getProperty("java.class.path"),
                service.main().getName(),
                "--config",
                config.toString()));
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    process.getOutputStream().close();
    return new ServiceProcess(service, endpoint, log, process);
  }

  /** Which one it is. */
  public Service service() {
    return service;
  }

  /** Where it listens. */
  public Endpoint endpoint() {
    return endpoint;
  }

  /** What it prints, its log included. */
  public Path log() {
    return log;
  }

  /** The operating system's number for it. */
  public long pid() {
    return process.pid();
  }

  /** Completes with the exit code when it has ended. */
  public CompletableFuture<Integer> onExit() {
    return process.onExit().thenApply(Process::exitValue);
  }

  /** Kills it at once, as a crash would: no drain, nothing closed. */
  public void kill() {
    process.destroyForcibly();
  }

  /** Tells it to drain and end (SIGTERM); returns at once. */
  public void terminate() {
    process.destroy();
  }

  /** Waits for its end; empty when it still runs after {@code patience}. */
  public Optional<Integer> awaitExit(Duration patience) throws InterruptedException {
    return process.waitFor(patience.toNanos(), TimeUnit.NANOSECONDS)
        ? Optional.of(process.exitValue())
        : Optional.empty();
  }

  /**
   * Waits until its health says SERVING.
   *
   * @throws StartException when it ends first, or does not come in time
   */
  void awaitServing(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    ManagedChannel channel = openChannel();
    try {
      while (!HealthProbe.ask(channel, PROBE).serving()) {
        if (awaitExit(BETWEEN_PROBES).isPresent()) {
          throw new StartException(
              service.word() + " ended with exit code " + process.exitValue() + "; see " + log);
        }
        if (System.nanoTime() > deadline) {
          throw new StartException(
              service.word() + " does not serve after " + patience.toSeconds() + " s; see " + log);
        }
        channel.resetConnectBackoff();
      }
    } finally {
      channel.shutdownNow();
    }
  }

  private ManagedChannel openChannel() {
    try {
      return Channels.open(endpoint, Optional.empty());
    } catch (IOException e) {
      throw new IllegalStateException("plain text needs no files", e);
    }
  }
}
