// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.rpc;

import halfsecond.common.concurrent.Backoff;
import halfsecond.common.concurrent.Scheduler;
import halfsecond.common.concurrent.SerialExecutor;
import halfsecond.monitor.v1.MonitorServiceGrpc;
import halfsecond.monitor.v1.MonitorServiceGrpc.MonitorServiceStub;
import halfsecond.monitor.v1.ReportUtterancesConfig;
import halfsecond.monitor.v1.ReportUtterancesRequest;
import halfsecond.monitor.v1.ReportUtterancesResponse;
import halfsecond.monitor.v1.UtteranceBatch;
import halfsecond.router.record.RecordQueue;
import halfsecond.router.record.UtteranceRecord;
import halfsecond.router.session.BackendFailure;
import io.grpc.Channel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings records from the queue to the monitor: at least once, in batches, each kept until it is
 * acknowledged and sent again on a new stream when the old one breaks. At most {@value
 * #UNACKNOWLEDGED} batches are out at a time; the rest waits in the queue, which drops. Sessions
 * only wake it. Everything happens in its own sequence.
 */
public final class MonitorReporter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MonitorReporter.class);
  private static final int BATCH = 100;
  private static final int UNACKNOWLEDGED = 4;
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private final MonitorServiceStub stub;
  private final String instance;
  private final RecordQueue queue;
  private final RecordMessages messages;
  private final Scheduler scheduler;
  private final SerialExecutor sequence;
  private final Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10));
  private final AtomicBoolean woken = new AtomicBoolean();
  private final CountDownLatch emptied = new CountDownLatch(1);

  /** Batches that were sent and not acknowledged, oldest first. */
  private final ArrayDeque<List<UtteranceRecord>> unacknowledged = new ArrayDeque<>();

  private @Nullable ReportCall call;
  private boolean closing;

  /** How many of {@link #unacknowledged} have been sent on the present stream. */
  private int sentHere;

  private long sequenceHere;
  private long acknowledgedHere;

  /**
   * @param instance names this process
   * @param pool runs the sequence; owned by the caller
   */
  public MonitorReporter(
      Channel channel,
      String instance,
      RecordQueue queue,
      RecordMessages messages,
      Scheduler scheduler,
      Executor pool) {
    this.stub = MonitorServiceGrpc.newStub(channel);
    this.instance = instance;
    this.queue = queue;
    this.messages = messages;
    this.scheduler = scheduler;
    this.sequence =
        new SerialExecutor(pool, bug -> LOG.atError().setCause(bug).log("reporting failed"));
  }

  /** Connects, and from then on sends what is offered. To be called once. */
  public void start() {
    queue.onOffer(this::wake);
    sequence.execute(this::connect);
  }

  /** Gives what waits a moment to arrive, then gives up. */
  @Override
  public void close() {
    sequence.execute(
        () -> {
          closing = true;
          pump();
        });
    try {
      if (!emptied.await(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.atWarn().addKeyValue("records", queue.size()).log("records were left behind");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    sequence.execute(
        () -> {
          if (call != null) {
            call.giveUp();
            call = null;
          }
        });
  }

  private void wake() {
    // One wake-up at a time is enough: the sequence takes all there is.
    if (woken.compareAndSet(false, true)) {
      sequence.execute(
          () -> {
            woken.set(false);
            pump();
          });
    }
  }

  private void connect() {
    if (call == null && !closing) {
      sentHere = 0;
      sequenceHere = 0;
      acknowledgedHere = 0;
      ReportCall next = new ReportCall();
      call = next;
      var unused = stub.reportUtterances(next);
      next.send(
          ReportUtterancesRequest.newBuilder()
              .setConfig(ReportUtterancesConfig.newBuilder().setInstance(instance))
              .build());
      pump();
    }
  }

  private void pump() {
    ReportCall open = call;
    while (open != null && open.writable()) {
      List<UtteranceRecord> batch = nextBatch();
      if (batch.isEmpty()) {
        break;
      }
      sentHere++;
      sequenceHere++;
      UtteranceBatch.Builder message =
          UtteranceBatch.newBuilder().setSequence(sequenceHere).setDroppedTotal(queue.dropped());
      batch.forEach(record -> message.addRecords(messages.message(record)));
      open.send(ReportUtterancesRequest.newBuilder().setBatch(message).build());
    }
    if (closing && (open == null || (unacknowledged.isEmpty() && queue.size() == 0))) {
      emptied.countDown();
    }
  }

  /**
   * First what an earlier stream did not get through, then what is new; empty when nothing may be
   * sent.
   */
  private List<UtteranceRecord> nextBatch() {
    if (sentHere < unacknowledged.size()) {
      return unacknowledged.stream().skip(sentHere).findFirst().orElse(List.of());
    }
    if (unacknowledged.size() >= UNACKNOWLEDGED) {
      return List.of();
    }
    List<UtteranceRecord> fresh = queue.take(BATCH);
    if (!fresh.isEmpty()) {
      unacknowledged.addLast(fresh);
    }
    return fresh;
  }

  private void acknowledged(ReportUtterancesResponse response) {
    backoff.reset();
    long upTo = Math.min(response.getAcknowledgedSequence(), sequenceHere);
    for (; acknowledgedHere < upTo; acknowledgedHere++) {
      unacknowledged.removeFirst();
      sentHere--;
    }
    if (response.getRefusedCount() > 0) {
      LOG.atWarn()
          .addKeyValue("records", response.getRefusedCount())
          .addKeyValue("field", response.getRefused(0).getField())
          .log("the monitor refused records");
    }
    pump();
  }

  private void broken(ReportCall which) {
    if (call == which) {
      call = null;
      if (closing) {
        emptied.countDown();
      } else {
        Scheduler.Timer unused =
            scheduler.after(backoff.next(), () -> sequence.execute(this::connect));
      }
    }
  }

  /** One stream to the monitor. */
  private final class ReportCall
      extends BackendCall<ReportUtterancesRequest, ReportUtterancesResponse> {
    @Override
    void received(ReportUtterancesResponse response) {
      sequence.execute(
          () -> {
            if (call == this) {
              acknowledged(response);
              oneMore();
            }
          });
    }

    @Override
    void ready() {
      sequence.execute(MonitorReporter.this::pump);
    }

    @Override
    void completed() {
      sequence.execute(() -> broken(this));
    }

    @Override
    void failed(BackendFailure failure) {
      sequence.execute(() -> broken(this));
    }
  }
}
