// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.client;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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

    private static final String DOWN = "DOWN";

    /** Whether it takes work. */
    public boolean serving() {
      return state.equals(ServingStatus.SERVING.name());
    }

    /** Whether nothing answered. */
    public boolean down() {
      return state.equals(DOWN);
    }

    private static Answer of(Throwable failure) {
      Status.Code code = Status.fromThrowable(failure).getCode();
      boolean silent = code == Status.Code.UNAVAILABLE || code == Status.Code.DEADLINE_EXCEEDED;
      return new Answer(silent ? DOWN : code.name(), Optional.empty());
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
      return Answer.of(e);
    }
  }

  /**
   * The same without waiting. Completes within {@code patience}, never exceptionally, on a thread
   * of the channel.
   */
  public static CompletableFuture<Answer> askLater(ManagedChannel channel, Duration patience) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    long began = System.nanoTime();
    HealthGrpc.newStub(channel)
        .withDeadlineAfter(patience.toNanos(), TimeUnit.NANOSECONDS)
        .check(
            HealthCheckRequest.getDefaultInstance(),
            new StreamObserver<>() {
              @Override
              public void onNext(HealthCheckResponse response) {
                answer.complete(
                    new Answer(
                        response.getStatus().name(),
                        Optional.of(Duration.ofNanos(System.nanoTime() - began))));
              }

              @Override
              public void onError(Throwable failure) {
                answer.complete(Answer.of(failure));
              }

              @Override
              public void onCompleted() {}
            });
    return answer;
  }
}
