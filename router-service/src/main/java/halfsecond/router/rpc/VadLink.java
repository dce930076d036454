// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.rpc;

import halfsecond.common.concurrent.Scheduler;
import halfsecond.router.backend.Replica;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The link to one detector. Its health is watched, which tells of changes at once, and asked for
 * again every second, which tells that it lives.
 */
final class VadLink extends Link {
  /** Between two signs of life. */
  static final Duration INTERVAL = Duration.ofSeconds(1);

  private final Replica replica;
  private final Connections connections;
  private final Watch<HealthCheckResponse> health;
  private final Repeating beat;

  VadLink(Replica replica, Connections connections, Scheduler scheduler) {
    super(replica, connections);
    this.replica = replica;
    this.connections = connections;
    this.health =
        HealthWatch.of(
            connections,
            scheduler,
            new Watch.Listener<>() {
              @Override
              public boolean heard(HealthCheckResponse report) {
                return VadLink.this.heard(report);
              }

              @Override
              public void lost(Status.Code code) {
                if (code != Status.Code.UNIMPLEMENTED) {
                  replica.lost();
                }
              }
            });
    this.beat = new Repeating(scheduler, INTERVAL, this::probe);
  }

  @Override
  void start() {
    health.start();
    Repeating unused = beat.start();
  }

  /** Asks for a sign of life now. */
  @Override
  void probe() {
    HealthGrpc.newStub(connections.first())
        .withWaitForReady()
        .withDeadlineAfter(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)
        .check(HealthCheckRequest.getDefaultInstance(), new Answer());
  }

  private boolean heard(HealthCheckResponse report) {
    boolean serves = HealthWatch.serves(report);
    replica.serving(serves);
    replica.alive();
    return serves;
  }

  @Override
  public void close() {
    beat.close();
    health.close();
  }

  private final class Answer implements StreamObserver<HealthCheckResponse> {
    @Override
    public void onNext(HealthCheckResponse report) {
      boolean unused = heard(report);
    }

    @Override
    public void onError(Throwable thrown) {
      if (Status.fromThrowable(thrown).getCode() == Status.Code.UNIMPLEMENTED) {
        // It lives, and has no opinion of its health.
        replica.alive();
      }
    }

    @Override
    public void onCompleted() {}
  }
}
