// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.rpc;

import halfsecond.common.concurrent.Scheduler;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;

/**
 * What {@code grpc.health.v1} says about a replica as a whole. A replica that does not serve is
 * asked again and again instead: an open stream would keep one that stops from ending.
 */
final class HealthWatch {
  private HealthWatch() {}

  static Watch<HealthCheckResponse> of(
      Connections connections, Scheduler scheduler, Watch.Listener<HealthCheckResponse> listener) {
    return new Watch<>(
        reports ->
            HealthGrpc.newStub(connections.first())
                .withWaitForReady()
                .watch(HealthCheckRequest.getDefaultInstance(), reports),
        connections::reconnect,
        scheduler,
        listener);
  }

  static boolean serves(HealthCheckResponse report) {
    return report.getStatus() == ServingStatus.SERVING;
  }
}
