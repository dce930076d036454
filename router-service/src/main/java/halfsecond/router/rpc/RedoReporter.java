// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.rpc;

import halfsecond.common.concurrent.Backoff;
import halfsecond.common.concurrent.Scheduler;
import halfsecond.common.concurrent.SerialExecutor;
import halfsecond.monitor.v1.Feedback;
import halfsecond.monitor.v1.MonitorServiceGrpc;
import halfsecond.monitor.v1.MonitorServiceGrpc.MonitorServiceStub;
import halfsecond.monitor.v1.ReportFeedbackRequest;
import halfsecond.monitor.v1.ReportFeedbackResponse;
import halfsecond.router.redo.Redo;
import halfsecond.router.redo.RedoQueue;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings redos from the queue to the monitor as feedback: at least once, one call at a time, tried
 * again until it is answered; the rest waits in the queue, which drops. The stop gives what waits a
 * moment. Sessions only wake it. Everything happens in its own sequence.
 */
public final class RedoReporter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RedoReporter.class);
  private static final int BATCH = 100;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private final MonitorServiceStub stub;
  private final RedoQueue queue;
  private final Scheduler scheduler;
  private final SerialExecutor sequence;
  private final Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10));

  /** What is on its way, or failed and is tried again. */
  private List<Redo> sending = List.of();

  /** Whether there is an answer, or the time of the next attempt, to wait for. */
  private boolean waiting;

  /** The next attempt, if that is what is waited for. */
  private Scheduler.@Nullable Timer retry;

  private final CountDownLatch emptied = new CountDownLatch(1);
  private boolean closing;
  private boolean closed;

  /**
   * @param pool runs the sequence; owned by the caller
   */
  public RedoReporter(Channel channel, RedoQueue queue, Scheduler scheduler, Executor pool) {
    this.stub = MonitorServiceGrpc.newStub(channel);
    this.queue = queue;
    this.scheduler = scheduler;
    this.sequence =
        new SerialExecutor(pool, bug -> LOG.atError().setCause(bug).log("reporting redos failed"));
  }

  /** From now on sends what is offered. To be called once. */
  public void start() {
    queue.onOffer(() -> sequence.execute(this::pump));
  }

  /** Gives what waits a moment to arrive, then gives up. */
  @Override
  public void close() {
    sequence.execute(
        () -> {
          closing = true;
          again();
          pump();
        });
    try {
      if (!emptied.await(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.atWarn().addKeyValue("waiting", queue.size()).log("redos were left behind");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    sequence.execute(() -> closed = true);
  }

  private void pump() {
    if (waiting || closed) {
      return;
    }
    if (sending.isEmpty()) {
      sending = queue.take(BATCH);
    }
    if (!sending.isEmpty()) {
      waiting = true;
      ReportFeedbackRequest.Builder request = ReportFeedbackRequest.newBuilder();
      sending.forEach(redo -> request.addFeedback(message(redo)));
      stub.withDeadlineAfter(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
          .reportFeedback(request.build(), new Answer());
    } else if (closing) {
      emptied.countDown();
    }
  }

  /** Makes the next attempt now, if one is waited for. */
  private void again() {
    Scheduler.Timer timer = retry;
    if (timer != null) {
      timer.cancel();
      retry = null;
      waiting = false;
      pump();
    }
  }

  private void answered() {
    backoff.reset();
    next();
  }

  private void next() {
    sending = List.of();
    waiting = false;
    pump();
  }

  private void failed(Status status) {
    switch (status.getCode()) {
      case INVALID_ARGUMENT, UNIMPLEMENTED, FAILED_PRECONDITION -> {
        LOG.atWarn().addKeyValue("code", status.getCode()).log("the monitor refused redos");
        next();
      }
      default -> retry = scheduler.after(backoff.next(), () -> sequence.execute(this::again));
    }
  }

  private static Feedback message(Redo redo) {
    return Feedback.newBuilder()
        // The same however often it is sent.
        .setFeedbackId("redo-" + redo.redoUtteranceId())
        .setUtteranceId(redo.utteranceId())
        .setEventTime(RecordMessages.timestamp(redo.at()))
        .setKind(Feedback.Kind.KIND_REDO)
        .setDelay(SpeechMessages.duration(redo.delay()))
        .setRedoUtteranceId(redo.redoUtteranceId())
        .setRedoSimilarity(redo.similarity())
        .build();
  }

  /** One answer of the monitor. */
  private final class Answer implements StreamObserver<ReportFeedbackResponse> {
    @Override
    public void onNext(ReportFeedbackResponse response) {
      if (response.getRefusedCount() > 0) {
        LOG.atWarn()
            .addKeyValue("redos", response.getRefusedCount())
            .addKeyValue("field", response.getRefused(0).getField())
            .log("the monitor refused redos");
      }
    }

    @Override
    public void onError(Throwable thrown) {
      sequence.execute(() -> failed(Status.fromThrowable(thrown)));
    }

    @Override
    public void onCompleted() {
      sequence.execute(RedoReporter.this::answered);
    }
  }
}
