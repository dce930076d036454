// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.pipeline;

import com.typesafe.config.Config;
import halfsecond.common.lifecycle.StartException;
import halfsecond.deploy.client.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The four services in four processes on the loopback interface. Safe for use by any thread. */
public final class ProcessPipeline implements Pipeline {

  /** Loading a model of 300 MB on a busy machine takes seconds. */
  private static final Duration START = Duration.ofSeconds(90);

  /** A service drains for 10 s unless its configuration says otherwise. */
  private static final Duration STOP = Duration.ofSeconds(20);

  private final Path folder;
  private final Path configuration;
  private final Map<Service, Endpoint> endpoints;
  private final Map<Service, ServiceProcess> processes = new EnumMap<>(Service.class);

  private ProcessPipeline(Path folder, Path configuration, Map<Service, Endpoint> endpoints) {
    this.folder = folder;
    this.configuration = configuration;
    this.endpoints = Collections.unmodifiableMap(endpoints);
  }

  /**
   * Starts all four and waits until each one serves.
   *
   * @param config of all services; a port of 0 becomes a free one
   * @param folder where the processes' configuration and output go; created when missing
   * @throws StartException when one does not come up; the others are stopped then
   */
  public static ProcessPipeline start(Config config, Path folder)
      throws IOException, InterruptedException {
    return start(config, EnumSet.allOf(Service.class), folder);
  }

  /**
   * Starts some of them and waits until each one serves. Where the router finds the others is what
   * {@code config} says.
   *
   * @param services the router and what it is to have beside it
   */
  public static ProcessPipeline start(Config config, Set<Service> services, Path folder)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Map<Service, Endpoint> endpoints = new EnumMap<>(Service.class);
    Config complete = config;
    for (Service service : services) {
      int wanted = PipelineConfig.port(config, service);
      int port = wanted == 0 ? freePort() : wanted;
      endpoints.put(service, Endpoint.loopback(port));
      complete = PipelineConfig.withPort(complete, service, port);
    }
    Path file = folder.resolve("services.conf");
    Files.writeString(
        file, PipelineConfig.render(PipelineConfig.withBackends(complete, endpoints)));
    ProcessPipeline pipeline = new ProcessPipeline(folder, file, endpoints);
    try {
      // The router last: started before recognition it would look for it, not find it, and wait
      // before it looks again.
      Set<Service> backends = EnumSet.copyOf(services);
      backends.remove(Service.ROUTER);
      for (Service service : backends) {
        pipeline.launch(service);
      }
      for (Service service : backends) {
        pipeline.process(service).awaitServing(START);
      }
      pipeline.launch(Service.ROUTER).awaitServing(START);
      return pipeline;
    } catch (RuntimeException | IOException | InterruptedException e) {
      pipeline.close();
      throw e;
    }
  }

  @Override
  public Map<Service, Endpoint> endpoints() {
    return endpoints;
  }

  /** The process that a service runs in now. */
  public synchronized ServiceProcess process(Service service) {
    ServiceProcess process = processes.get(service);
    if (process == null) {
      throw new IllegalStateException(service.word() + " was never started");
    }
    return process;
  }

  /** All of them, in the order of {@link Service}. */
  public synchronized List<ServiceProcess> processes() {
    return List.copyOf(processes.values());
  }

  /**
   * Starts a service again, on the port it had, once its process has ended; returns when it serves.
   */
  public void restart(Service service) throws IOException, InterruptedException {
    if (process(service).awaitExit(STOP).isEmpty()) {
      throw new IllegalStateException(service.word() + " still runs");
    }
    launch(service).awaitServing(START);
  }

  /** Completes with the first process that ends, whatever the reason. */
  public synchronized CompletableFuture<ServiceProcess> firstExit() {
    CompletableFuture<ServiceProcess> first = new CompletableFuture<>();
    for (ServiceProcess process : processes.values()) {
      CompletableFuture<Void> unused = process.onExit().thenAccept(code -> first.complete(process));
    }
    return first;
  }

  /**
   * Drains and ends the processes one after the other, the router first; kills what does not end in
   * time.
   */
  @Override
  public synchronized void close() {
    Deque<ServiceProcess> left = new ArrayDeque<>();
    processes.values().forEach(left::push);
    try {
      for (ServiceProcess process : left) {
        process.terminate();
        if (process.awaitExit(STOP).isEmpty()) {
          process.kill();
        }
      }
    } catch (InterruptedException e) {
      left.forEach(ServiceProcess::kill);
      Thread.currentThread().interrupt();
    }
  }

  private synchronized ServiceProcess launch(Service service) throws IOException {
    Path log = folder.resolve(service.word() + ".log");
    ServiceProcess process = ServiceProcess.start(service, endpoint(service), configuration, log);
    processes.put(service, process);
    return process;
  }

  /**
   * Somebody else may take it before the service does; the service then says that the port is in
   * use.
   */
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
