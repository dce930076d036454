// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.pipeline;

import halfsecond.common.lifecycle.ServiceMain;
import halfsecond.deploy.client.Channels;
import halfsecond.deploy.client.Endpoint;
import halfsecond.deploy.client.HealthProbe;
import halfsecond.deploy.supervise.Child;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One replica of a service, from its start to its end. Safe for use by any thread. */
public final class ServiceProcess implements Child {

  private static final Duration PROBE = Duration.ofSeconds(1);

  /**
   * A terminal sends Ctrl-C to every process that was started from it, and would end all services
   * at once. A JVM that is born with these signals ignored leaves them so, and waits for SIGTERM.
   */
  private static final List<String> DEAF_TO_THE_TERMINAL =
      List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh");

  private final Replica replica;
  private final Path log;
  private final Process process;
  private final ManagedChannel channel;

  private ServiceProcess(Replica replica, Path log, Process process, ManagedChannel channel) {
    this.replica = replica;
    this.log = log;
    this.process = process;
    this.channel = channel;
  }

  /**
   * Starts a JVM with this one's class path; it may not serve yet. It drains and ends when this
   * process is gone. What it prints is added to {@code log}.
   *
   * @param overrides configuration of this replica alone, by path
   * @param environment added to that of this process
   */
  static ServiceProcess start(
      Replica replica,
      Path config,
      List<String> overrides,
      Map<String, String> environment,
      Path log)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(DEAF_TO_THE_TERMINAL));
    builder.command().add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    builder.environment().keySet().removeAll(Secrets.withheldFrom(replica.service()));
    builder.environment().putAll(environment);
    builder.command().addAll(JavaOptions.of(replica.service(), builder.environment()));
    overrides.forEach(override -> builder.command().add("-D" + override));
    builder
        .command()
        .addAll(
            List.of(
                "-cp",
                System.getProperty("java.class.path"),
                replica.service().main().getName(),
                "--config",
                config.toString()));
    // The pipe to its standard input stays open for as long as this process lives.
    builder.environment().put(ServiceMain.PARENT, ServiceMain.STDIN);
    Process process =
        builder.redirectErrorStream(true).redirectOutput(Redirect.appendTo(log.toFile())).start();
    return new ServiceProcess(
        replica, log, process, Channels.open(replica.endpoint(), Optional.empty()));
  }

  /** Which one it is. */
  public Replica replica() {
    return replica;
  }

  /** The service that runs in it. */
  public Service service() {
    return replica.service();
  }

  /** Where it listens. */
  public Endpoint endpoint() {
    return replica.endpoint();
  }

  /** What it prints, its log included. */
  public Path log() {
    return log;
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public CompletableFuture<Integer> onExit() {
    return process.onExit().thenApply(Process::exitValue);
  }

  @Override
  public void kill() {
    process.destroyForcibly();
  }

  @Override
  public void terminate() {
    // Process.destroy() would also close the pipe, and be taken for the end of this process.
    process.toHandle().destroy();
  }

  /** Waits for its end; empty when it still runs after {@code patience}. */
  public Optional<Integer> awaitExit(Duration patience) throws InterruptedException {
    return process.waitFor(patience.toNanos(), TimeUnit.NANOSECONDS)
        ? Optional.of(process.exitValue())
        : Optional.empty();
  }

  @Override
  public CompletableFuture<Health> health() {
    channel.resetConnectBackoff();
    return HealthProbe.askLater(channel, PROBE).thenApply(ServiceProcess::health);
  }

  private static Health health(HealthProbe.Answer answer) {
    if (answer.serving()) {
      return Health.SERVING;
    }
    return answer.down() ? Health.SILENT : Health.NOT_SERVING;
  }

  @Override
  public void release() {
    channel.shutdownNow();
  }
}
