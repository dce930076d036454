// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.pipeline;

import com.typesafe.config.Config;
import halfsecond.common.lifecycle.StartException;
import halfsecond.deploy.client.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Who listens where. The first replica of a service has the configured port, each further one a
 * port {@value #STRIDE} above the one before, so that the neighbouring ports of the services stay
 * theirs: 7602, 7612, 7622. Where the configuration says 0, every replica gets a free port, and so
 * does the monitor's page. The ports of metrics follow the same rule.
 */
final class PortPlan {

  /** From one replica's port to the next one's. */
  static final int STRIDE = 10;

  private static final int HIGHEST = 65_535;

  private final List<Replica> replicas;
  private final Map<Service, Integer> metricsPorts;

  /** Of the page, where the system was to choose. */
  private final OptionalInt dashboard;

  private PortPlan(
      List<Replica> replicas, Map<Service, Integer> metricsPorts, OptionalInt dashboard) {
    this.replicas = List.copyOf(replicas);
    this.metricsPorts = metricsPorts;
    this.dashboard = dashboard;
  }

  /**
   * Plans; takes no port.
   *
   * @throws StartException when two would listen on one port, or a port would be too high
   */
  static PortPlan of(Config config, ReplicaCounts counts) throws IOException {
    List<Replica> replicas = new ArrayList<>();
    Map<Service, Integer> metricsPorts = new EnumMap<>(Service.class);
    Set<Integer> taken = new HashSet<>();
    for (Service service : Service.values()) {
      int base = PipelineConfig.port(config, service);
      int count = counts.of(service);
      PipelineConfig.metricsPort(config, service)
          .ifPresent(port -> metricsPorts.put(service, port));
      for (int number = 0; number < count; number++) {
        int port = base == 0 ? freePort() : base + number * STRIDE;
        String name = count == 1 ? service.word() : service.word() + "-" + number;
        if (port > HIGHEST || !taken.add(port)) {
          throw new StartException(
              name
                  + " cannot listen on port "
                  + port
                  + ": set "
                  + PipelineConfig.portKey(service)
                  + " so that every "
                  + STRIDE
                  + "th port from it is free");
        }
        replicas.add(new Replica(service, number, name, Endpoint.loopback(port)));
      }
    }
    return new PortPlan(replicas, metricsPorts, dashboard(config, taken));
  }

  private static OptionalInt dashboard(Config config, Set<Integer> taken) throws IOException {
    if (!PipelineConfig.anyDashboardPort(config)) {
      return OptionalInt.empty();
    }
    int port = freePort();
    while (!taken.add(port)) {
      port = freePort();
    }
    return OptionalInt.of(port);
  }

  List<Replica> replicas() {
    return replicas;
  }

  List<Replica> replicas(Service service) {
    return replicas.stream().filter(replica -> replica.service() == service).toList();
  }

  /** All but the router. */
  List<Replica> backends() {
    return replicas.stream().filter(replica -> replica.service() != Service.ROUTER).toList();
  }

  Replica replica(Service service, int number) {
    return replicas(service).get(number);
  }

  Endpoint router() {
    return replica(Service.ROUTER, 0).endpoint();
  }

  /** The configuration with these ports and names, and the services pointed at each other. */
  Config applyTo(Config config) {
    Config changed = config;
    Map<Service, List<Endpoint>> endpoints = new EnumMap<>(Service.class);
    for (Replica replica : replicas) {
      if (replica.number() == 0) {
        changed = PipelineConfig.withPort(changed, replica.service(), replica.endpoint().port());
        changed = PipelineConfig.withInstance(changed, replica.service(), replica.name());
      }
      endpoints
          .computeIfAbsent(replica.service(), service -> new ArrayList<>())
          .add(replica.endpoint());
    }
    if (dashboard.isPresent()) {
      changed = PipelineConfig.withDashboardPort(changed, dashboard.getAsInt());
    }
    return PipelineConfig.withReplicas(changed, endpoints);
  }

  /** What differs for a replica from the common configuration, as {@code path=value}. */
  List<String> overrides(Replica replica) {
    if (replica.number() == 0) {
      return List.of();
    }
    List<String> overrides = new ArrayList<>();
    overrides.add(PipelineConfig.portKey(replica.service()) + "=" + replica.endpoint().port());
    PipelineConfig.instanceKey(replica.service())
        .ifPresent(key -> overrides.add(key + "=" + replica.name()));
    Integer metrics = metricsPorts.get(replica.service());
    if (metrics != null) {
      overrides.add(
          PipelineConfig.metricsPortKey(replica.service())
              + "="
              + (metrics + replica.number() * STRIDE));
    }
    return overrides;
  }

  /**
   * Somebody may still take a port before the service does; the service then says so itself, in its
   * log.
   *
   * @throws StartException naming the first port that is in use
   */
  void checkFree() {
    for (Replica replica : replicas) {
      int port = replica.endpoint().port();
      try {
        new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
      } catch (IOException e) {
        throw new StartException(
            replica.name()
                + " cannot listen on port "
                + port
                + ": it is in use; set "
                + PipelineConfig.portKey(replica.service()),
            e);
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
