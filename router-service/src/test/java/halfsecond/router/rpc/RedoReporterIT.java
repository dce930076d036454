// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import halfsecond.common.concurrent.NamedThreads;
import halfsecond.common.concurrent.Scheduler;
import halfsecond.monitor.v1.Feedback;
import halfsecond.monitor.v1.MonitorServiceGrpc;
import halfsecond.monitor.v1.ReportFeedbackRequest;
import halfsecond.monitor.v1.ReportFeedbackResponse;
import halfsecond.router.redo.Redo;
import halfsecond.router.redo.RedoQueue;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RedoReporterIT {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00.25Z");

  private final ExecutorService pool = NamedThreads.fixed("test-redo", 2);
  private final ScheduledExecutorService timer = NamedThreads.timer("test-redo-timer");
  private final RedoQueue queue = new RedoQueue(5);
  private final Monitor monitor = new Monitor();
  private Server server;
  private ManagedChannel channel;
  private RedoReporter reporter;

  /** Takes feedback, but for the calls that it is told to fail. */
  private static final class Monitor extends MonitorServiceGrpc.MonitorServiceImplBase {
    private final List<ReportFeedbackRequest> asked = new CopyOnWriteArrayList<>();
    private final List<Feedback> taken = new CopyOnWriteArrayList<>();
    private final Queue<Status> failures = new ArrayDeque<>();

    @Override
    public synchronized void reportFeedback(
        ReportFeedbackRequest request, StreamObserver<ReportFeedbackResponse> observer) {
      asked.add(request);
      Status failure = failures.poll();
      if (failure != null) {
        observer.onError(failure.asRuntimeException());
        return;
      }
      taken.addAll(request.getFeedbackList());
      observer.onNext(
          ReportFeedbackResponse.newBuilder().setAcceptedCount(request.getFeedbackCount()).build());
      observer.onCompleted();
    }
  }

  @BeforeEach
  void start() throws IOException {
    server =
        Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
            .addService(monitor)
            .build()
            .start();
    channel =
        Grpc.newChannelBuilder("127.0.0.1:" + server.getPort(), InsecureChannelCredentials.create())
            .build();
    reporter = new RedoReporter(channel, queue, Scheduler.on(timer), pool);
  }

  @AfterEach
  void stop() {
    reporter.close();
    channel.shutdownNow();
    server.shutdownNow();
    timer.shutdownNow();
    pool.shutdownNow();
  }

  @Test
  void tellsOfWhomAndHowAlikeButNotWhat() {
    reporter.start();

    queue.offer(new Redo("u-1", "u-2", 0.75, Duration.ofMillis(1_500), NOON));

    await().until(() -> monitor.taken.size() == 1);
    assertThat(monitor.taken.get(0))
        .isEqualTo(
            Feedback.newBuilder()
                .setFeedbackId("redo-u-2")
                .setUtteranceId("u-1")
                .setEventTime(Timestamps.fromMillis(NOON.toEpochMilli()))
                .setKind(Feedback.Kind.KIND_REDO)
                .setDelay(Durations.fromMillis(1_500))
                .setRedoUtteranceId("u-2")
                .setRedoSimilarity(0.75)
                .build());
  }

  @Test
  void triesAgainUntilItIsTaken() {
    monitor.failures.add(Status.UNAVAILABLE);
    monitor.failures.add(Status.UNAVAILABLE);
    reporter.start();

    queue.offer(redo(1));
    queue.offer(redo(2));

    await().until(() -> monitor.taken.size() == 2);
    assertThat(monitor.taken)
        .extracting(Feedback::getFeedbackId)
        .containsExactly("redo-again-1", "redo-again-2");
    assertThat(monitor.asked.get(1)).isEqualTo(monitor.asked.get(0));
  }

  @Test
  void givesUpWhatIsRefusedForGood() {
    monitor.failures.add(Status.UNIMPLEMENTED);
    reporter.start();
    queue.offer(redo(1));
    await().until(() -> monitor.asked.size() == 1);

    queue.offer(redo(2));

    await().until(() -> monitor.taken.size() == 1);
    assertThat(monitor.taken.get(0).getFeedbackId()).isEqualTo("redo-again-2");
  }

  @Test
  void theStopGivesWhatWaitsAMoment() {
    monitor.failures.add(Status.UNAVAILABLE);
    monitor.failures.add(Status.UNAVAILABLE);
    reporter.start();
    queue.offer(redo(1));
    await().until(() -> !monitor.asked.isEmpty());
    queue.offer(redo(2));

    reporter.close();

    assertThat(monitor.taken)
        .extracting(Feedback::getFeedbackId)
        .containsExactly("redo-again-1", "redo-again-2");
  }

  @Test
  @Timeout(10)
  void theStopGivesUpWhenTheMonitorIsAway() {
    server.shutdownNow();
    reporter.start();
    queue.offer(redo(1));

    reporter.close();

    assertThat(monitor.taken).isEmpty();
  }

  @Test
  void ofTooManyTheOldestGo() {
    for (int i = 0; i < 8; i++) {
      queue.offer(redo(i));
    }
    reporter.start();
    queue.offer(redo(8));

    await().until(() -> monitor.taken.size() == 5);
    assertThat(monitor.taken)
        .extracting(Feedback::getUtteranceId)
        .containsExactly("first-4", "first-5", "first-6", "first-7", "first-8");
  }

  private static Redo redo(int number) {
    return new Redo("first-" + number, "again-" + number, 1, Duration.ofSeconds(1), NOON);
  }
}
