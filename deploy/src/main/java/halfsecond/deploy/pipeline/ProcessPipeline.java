// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.pipeline;

import com.typesafe.config.Config;
import halfsecond.common.concurrent.NamedThreads;
import halfsecond.common.concurrent.Scheduler;
import halfsecond.common.lifecycle.StartException;
import halfsecond.deploy.client.Endpoint;
import halfsecond.deploy.supervise.Events;
import halfsecond.deploy.supervise.Supervised;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The services in supervised processes on the loopback interface, recognition and voice activity
 * detection in as many as wanted. A process that ends or hangs is started again on its port. Safe
 * for use by any thread.
 */
public final class ProcessPipeline implements Pipeline {

  /**
   * What may differ between pipelines.
   *
   * @param counts processes of each service
   * @param environment added to that of the processes
   * @param events told what happens to the processes once they have served
   */
  public record Options(ReplicaCounts counts, Map<String, String> environment, Events events) {

    /** Copies the map. */
    public Options {
      environment = Map.copyOf(environment);
    }

    /** Nothing added, nobody told. */
    public static Options of(ReplicaCounts counts) {
      return new Options(counts, Map.of(), Events.ignored());
    }

    /** The same, told to {@code listener}. */
    public Options withEvents(Events listener) {
      return new Options(counts, environment, listener);
    }

    /** The same with these variables. */
    public Options withEnvironment(Map<String, String> variables) {
      return new Options(counts, variables, events);
    }
  }

  private final PortPlan plan;
  private final RunFolder folder;
  private final Secrets secrets;
  private final Map<String, String> environment;
  private final Optional<String> dashboard;
  private final ScheduledExecutorService timer = NamedThreads.timer("supervisor");
  private final Map<Replica, Supervised> supervised = new LinkedHashMap<>();
  private final Map<Replica, ServiceProcess> processes =
      Collections.synchronizedMap(new LinkedHashMap<>());

  private ProcessPipeline(PortPlan plan, RunFolder folder, Config config, Options options) {
    this.plan = plan;
    this.folder = folder;
    this.secrets = Secrets.in(config);
    this.dashboard = PipelineConfig.dashboard(config);
    this.environment = options.environment();
    Scheduler scheduler = Scheduler.on(timer);
    // Only spreads restarts; nobody gains from guessing it.
    Random random = new Random();
    for (Replica replica : plan.replicas()) {
      supervised.put(
          replica,
          new Supervised(
              replica.name(), () -> launch(replica), scheduler, random, options.events()));
    }
  }

  /** One process for each service, told to nobody; otherwise as the other. */
  public static ProcessPipeline start(Config config, Path folder)
      throws IOException, InterruptedException {
    return start(config, Options.of(ReplicaCounts.ONE), folder);
  }

  /**
   * Starts all and waits until each one serves.
   *
   * @param config of all services; a port of 0 becomes a free one
   * @param folder where the processes' configuration and output go; created when missing, and used
   *     by one pipeline at a time
   * @throws StartException when one does not come up; the others are stopped then
   */
  public static ProcessPipeline start(Config config, Options options, Path folder)
      throws IOException, InterruptedException {
    PortPlan plan = PortPlan.of(config, options.counts());
    RunFolder run = RunFolder.claim(folder, plan.router());
    ProcessPipeline pipeline;
    try {
      plan.checkFree();
      Config complete = PipelineConfig.sharingCores(plan.applyTo(config), options.counts().asr());
      Files.writeString(run.configuration(), PipelineConfig.render(complete));
      pipeline = new ProcessPipeline(plan, run, complete, options);
    } catch (RuntimeException | IOException e) {
      run.close();
      throw e;
    }
    try {
      // The router last: started before recognition it would look for it, not find it, and wait
      // before it looks again.
      pipeline.startAll(plan.backends());
      pipeline.startAll(List.of(plan.replica(Service.ROUTER, 0)));
      return pipeline;
    } catch (RuntimeException | InterruptedException e) {
      pipeline.close();
      throw e;
    }
  }

  @Override
  public Map<Service, Endpoint> endpoints() {
    Map<Service, Endpoint> first = new EnumMap<>(Service.class);
    plan.replicas().forEach(replica -> first.putIfAbsent(replica.service(), replica.endpoint()));
    return Collections.unmodifiableMap(first);
  }

  /** Where a browser finds the monitor's page; empty when it is turned off. */
  public Optional<String> dashboard() {
    return dashboard;
  }

  /** All processes that there should be, in the order of {@link Service} and number. */
  public List<Replica> replicas() {
    return plan.replicas();
  }

  /** One of them. */
  public Replica replica(Service service, int number) {
    return plan.replica(service, number);
  }

  /** The process that a service's first replica runs in now, or ran in last. */
  public ServiceProcess process(Service service) {
    return process(replica(service, 0));
  }

  /** The process that a replica runs in now, or ran in last. */
  public ServiceProcess process(Replica replica) {
    ServiceProcess process = processes.get(replica);
    if (process == null) {
      throw new IllegalStateException(replica.name() + " was never started");
    }
    return process;
  }

  /** All of them, in the order of {@link #replicas}. */
  public List<ServiceProcess> processes() {
    return replicas().stream().map(this::process).toList();
  }

  /** What keeps a replica running: how it is, and how to replace or stop it. */
  public Supervised supervised(Replica replica) {
    Supervised found = supervised.get(replica);
    if (found == null) {
      throw new IllegalArgumentException("no such replica: " + replica.name());
    }
    return found;
  }

  /**
   * Replaces the processes of a service one after the other: each is drained and started again
   * while its siblings serve. Returns when the last one serves. A service with one process is away
   * in between.
   */
  public void restart(Service service) throws InterruptedException {
    for (Replica replica : plan.replicas(service)) {
      await(supervised(replica).replace());
    }
  }

  /**
   * Drains and ends the processes, the router first and the replicas of a service together; kills
   * what does not end in time.
   */
  @Override
  public void close() {
    List<Service> order = new ArrayList<>(List.of(Service.values()));
    Collections.reverse(order);
    boolean interrupted = false;
    for (Service service : order) {
      List<CompletableFuture<Void>> stops =
          plan.replicas(service).stream().map(replica -> supervised(replica).stop()).toList();
      for (CompletableFuture<Void> stop : stops) {
        interrupted |= !awaitStop(stop, service, interrupted);
      }
    }
    timer.shutdownNow();
    folder.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** False when it was interrupted, or had been: then nobody waits for a drain any more. */
  private boolean awaitStop(
      CompletableFuture<Void> stop, Service service, boolean alreadyInterrupted) {
    if (!alreadyInterrupted) {
      try {
        await(stop);
        return true;
      } catch (InterruptedException e) {
        // Below.
      }
    }
    plan.replicas(service).stream()
        .filter(processes::containsKey)
        .forEach(replica -> process(replica).kill());
    stop.join();
    return false;
  }

  private void startAll(List<Replica> replicas) throws InterruptedException {
    List<CompletableFuture<Void>> starts =
        replicas.stream().map(replica -> supervised(replica).start()).toList();
    for (int i = 0; i < starts.size(); i++) {
      try {
        await(starts.get(i));
      } catch (StartException e) {
        throw new StartException(e.getMessage() + "; see " + folder.log(replicas.get(i)), e);
      }
    }
  }

  private ServiceProcess launch(Replica replica) throws IOException {
    ServiceProcess process =
        ServiceProcess.start(
            replica,
            folder.configuration(),
            plan.overrides(replica),
            environment(replica.service()),
            folder.log(replica));
    processes.put(replica, process);
    return process;
  }

  private Map<String, String> environment(Service service) {
    Map<String, String> given = new HashMap<>(System.getenv());
    given.putAll(environment);
    Map<String, String> added = new HashMap<>(secrets.variables(service));
    added.putAll(environment);
    added.putAll(
        TraceExport.toMonitor(service, plan.replica(Service.MONITOR, 0).endpoint(), given));
    return added;
  }

  private static void await(Future<Void> future) throws InterruptedException {
    try {
      future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StartException refused) {
        throw refused;
      }
      throw new IllegalStateException("the supervisor failed", e);
    }
  }
}
