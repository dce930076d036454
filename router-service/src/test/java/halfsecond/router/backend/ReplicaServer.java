// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.backend;

import halfsecond.common.concurrent.NamedThreads;
import halfsecond.common.lifecycle.StopTiming;
import halfsecond.common.rpc.GrpcServer;
import halfsecond.common.rpc.GrpcServers;
import halfsecond.common.rpc.Preset;
import halfsecond.common.rpc.ServerConfig;
import halfsecond.common.telemetry.Telemetry;
import io.grpc.BindableService;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** A scripted backend as a server that can be killed and started again on its port. */
public final class ReplicaServer implements AutoCloseable {
  private final BindableService service;
  private final String host;
  private final ExecutorService pool = NamedThreads.fixed("replica", 2);
  private int port;
  private @Nullable GrpcServer server;

  public ReplicaServer(BindableService service) {
    this(service, "127.0.0.1", 0);
  }

  /** On a port that is known to be free at this loopback address. */
  public ReplicaServer(BindableService service, String host, int port) {
    this.service = service;
    this.host = host;
    this.port = port;
    start();
  }

  public void start() {
    ServerConfig config =
        new ServerConfig(host, port, null, new StopTiming(Duration.ZERO, Duration.ZERO));
    server =
        GrpcServers.builder(config, Preset.INNER, Telemetry.noop(), pool).service(service).start();
    port = server.port();
  }

  /** Cuts every stream off. */
  public void kill() {
    if (server != null) {
      server.close();
      server = null;
    }
  }

  /** Its health from now on. */
  public void serving(boolean yes) {
    if (server != null) {
      server.setServing(yes);
    }
  }

  public int port() {
    return port;
  }

  /** {@code host:port}, as the router names it. */
  public String name() {
    return host + ":" + port;
  }

  @Override
  public void close() throws Exception {
    kill();
    // What was cut off is told so.
    NamedThreads.closing(pool, Duration.ofSeconds(1)).close();
  }
}
