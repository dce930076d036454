// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.rpc;

import halfsecond.common.concurrent.NamedThreads;
import halfsecond.common.lifecycle.StopSequence;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A server that listens, with its health; closing it drains it in the order of {@link
 * StopSequence}. Safe for use by any thread.
 */
public final class GrpcServer implements AutoCloseable {
  private static final Duration POOL_GRACE = Duration.ofSeconds(5);

  private final Server server;
  private final HealthStatusManager health;
  private final List<String> services;
  private final CallCounts calls;
  private final StopSequence stop;

  GrpcServer(
      ServerConfig config,
      Server server,
      HealthStatusManager health,
      List<String> services,
      CallCounts calls) {
    this.server = server;
    this.health = health;
    this.services = services;
    this.calls = calls;
    this.stop = new StopSequence(String.join(",", services), config.stop(), new Target());
    setServing(true);
  }

  /** The port that it listens on. */
  public int port() {
    return server.getPort();
  }

  /** How its calls go. */
  public CallCounts calls() {
    return calls;
  }

  /**
   * Says whether the server as a whole, and each of its services, takes work. Once it stops, it
   * says no for ever.
   */
  public void setServing(boolean serving) {
    ServingStatus status = serving ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
    health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
    services.forEach(service -> health.setStatus(service, status));
  }

  /**
   * Adds what tells open sessions to give their last results and end with {@code DRAINING}. It runs
   * on the closing thread, after new calls are refused, and returns without waiting for the
   * sessions.
   */
  public GrpcServer onDrain(Runnable finalise) {
    stop.onDrain(finalise);
    return this;
  }

  /**
   * Hands over what calls worked with; closed once no call is open, in the order added: executors
   * first, then native handles.
   */
  public GrpcServer thenClose(String part, AutoCloseable resource) {
    stop.thenClose(part, resource);
    return this;
  }

  /** Hands over a pool; what is queued in it has some seconds to run. */
  public GrpcServer thenClose(String part, ExecutorService pool) {
    return thenClose(part, NamedThreads.closing(pool, POOL_GRACE));
  }

  /** Drains and stops; returns when all is closed. A second call waits for the first. */
  @Override
  public void close() {
    stop.close();
  }

  private final class Target implements StopSequence.Target {
    @Override
    public void turnAway() {
      health.enterTerminalState();
    }

    @Override
    public void stopAccepting() {
      server.shutdown();
    }

    @Override
    public boolean awaitTermination(Duration limit) throws InterruptedException {
      return server.awaitTermination(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void cutOff() {
      server.shutdownNow();
    }
  }
}
