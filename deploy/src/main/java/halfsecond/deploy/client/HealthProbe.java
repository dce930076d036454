// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.client;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Asks a server for its health as a whole. */
public final class HealthProbe {

  /**
   * What came back.
   *
   * @param state SERVING, NOT_SERVING, or DOWN when nothing answered, or the code of a refusal
   * @param took how long the answer took; empty when there was none
   */
  public record Answer(String state, Optional<Duration> took) {

    /** Whether it takes work. */
    public boolean serving() {
      return state.equals(ServingStatus.SERVING.name());
    }
  }

  private HealthProbe() {}

  /**
   * Asks once and waits at most {@code patience}. Never throws for what a server does or is not
   * there to do.
   */
  public static Answer ask(ManagedChannel channel, Duration patience) {
    long began = System.nanoTime();
    try {
      ServingStatus status =
          HealthGrpc.newBlockingStub(channel)
              .withDeadlineAfter(patience.toNanos(), TimeUnit.NANOSECONDS)
              .check(HealthCheckRequest.getDefaultInstance())
              .getStatus();
      return new Answer(status.name(), Optional.of(Duration.ofNanos(System.nanoTime() - began)));
    } catch (StatusRuntimeException e) {
      Status.Code code = e.getStatus().getCode();
      boolean silent = code == Status.Code.UNAVAILABLE || code == Status.Code.DEADLINE_EXCEEDED;
      return new Answer(silent ? "DOWN" : code.name(), Optional.empty());
    }
  }
}
