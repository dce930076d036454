// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import halfsecond.common.concurrent.SerialExecutor;
import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import halfsecond.common.rpc.Statuses;
import halfsecond.monitor.record.Limits;
import halfsecond.monitor.telemetry.MonitorMetrics;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream of one reporter: config, then batches, each taken and acknowledged before the next is
 * asked for. When the reporter does not read, acknowledgements add up into one and no more batches
 * are asked for, so that nothing here can grow.
 *
 * <p>gRPC's callbacks and {@link #drain} only hand over to the sequence of the call; everything
 * else runs in it.
 *
 * @param <Q> request
 * @param <P> response
 */
abstract class ReportCall<Q, P> implements StreamObserver<Q> {
  private static final Logger LOG = LoggerFactory.getLogger(ReportCall.class);

  private enum State {
    AWAITING_CONFIG,
    STREAMING,
    HALF_CLOSED,
    CLOSED
  }

  private final MonitorMetrics.Kind kind;
  private final OpenCalls open;
  private final MonitorMetrics metrics;
  private final ServerCallStreamObserver<P> reporter;
  private final SerialExecutor sequence;

  // Touched in the sequence only.
  private State state = State.AWAITING_CONFIG;
  private String instance = "";
  private boolean awaitingMessage;
  private long lastSequence;
  private long acknowledgedSequence;
  private Acknowledgement pending = new Acknowledgement();
  private long accepted;
  private long duplicates;
  private long refused;

  ReportCall(
      MonitorMetrics.Kind kind,
      OpenCalls open,
      MonitorMetrics metrics,
      ServerCallStreamObserver<P> reporter,
      Executor pool) {
    this.kind = kind;
    this.open = open;
    this.metrics = metrics;
    this.reporter = reporter;
    this.sequence = new SerialExecutor(pool, this::fail);
  }

  /**
   * Must be called before the handler of the call returns. Throws if there are too many of them.
   */
  final void begin() {
    open.add(this);
    metrics.reporterOpened(kind);
    reporter.disableAutoRequest();
    reporter.setOnReadyHandler(() -> sequence.execute(this::goOn));
    reporter.setOnCancelHandler(() -> sequence.execute(this::gone));
    awaitingMessage = true;
    reporter.request(1);
  }

  /** Ends the stream with {@code DRAINING} once what was taken is acknowledged. */
  final void drain() {
    sequence.execute(
        () -> {
          if (state != State.CLOSED) {
            acknowledge();
            fail(new SpeechException(Reason.DRAINING, "the monitor is shutting down"));
          }
        });
  }

  @Override
  public final void onNext(Q request) {
    sequence.execute(() -> receive(request));
  }

  /** The peer is gone; the cancel handler may or may not have said so. */
  @Override
  public final void onError(Throwable thrown) {
    sequence.execute(this::gone);
  }

  @Override
  public final void onCompleted() {
    sequence.execute(this::halfClose);
  }

  /** The instance that the config in this message names; null if it holds none. */
  abstract @Nullable String instanceOf(Q request);

  /** The sequence number of the batch in this message; throws if it holds none. */
  abstract long sequenceOf(Q request);

  /** Takes the batch. Items that are not valid are refused alone. */
  abstract void take(Q request, String instance, Acknowledgement result);

  abstract P response(long sequence, Acknowledgement result);

  private void receive(Q request) {
    if (state == State.CLOSED) {
      return;
    }
    awaitingMessage = false;
    String named = instanceOf(request);
    if (state == State.AWAITING_CONFIG) {
      if (named == null) {
        throw new SpeechException(Reason.CONFIG_MISSING, "the first message must be the config");
      }
      instance = Limits.id("config.instance", named);
      state = State.STREAMING;
    } else if (named != null) {
      throw new SpeechException(Reason.CONFIG_REPEATED, "the config is sent once");
    } else {
      long next = sequenceOf(request);
      Limits.check(next == lastSequence + 1, "batch.sequence", "1, then one more each");
      take(request, instance, pending);
      lastSequence = next;
    }
    goOn();
  }

  private void halfClose() {
    if (state == State.AWAITING_CONFIG) {
      throw new SpeechException(Reason.CONFIG_MISSING, "the first message must be the config");
    }
    if (state == State.STREAMING) {
      state = State.HALF_CLOSED;
      goOn();
    }
  }

  /** Does what can be done now: acknowledge, then end or ask for more. */
  private void goOn() {
    if (state == State.CLOSED || (acknowledgedSequence < lastSequence && !reporter.isReady())) {
      return;
    }
    acknowledge();
    if (state == State.HALF_CLOSED) {
      close();
      reporter.onCompleted();
    } else if (!awaitingMessage) {
      awaitingMessage = true;
      reporter.request(1);
    }
  }

  private void acknowledge() {
    if (acknowledgedSequence == lastSequence) {
      return;
    }
    reporter.onNext(response(lastSequence, pending));
    acknowledgedSequence = lastSequence;
    accepted += pending.acceptedCount();
    duplicates += pending.duplicateCount();
    refused += pending.refusals().size();
    metrics.received(kind, MonitorMetrics.Result.ACCEPTED, pending.acceptedCount());
    metrics.received(kind, MonitorMetrics.Result.DUPLICATE, pending.duplicateCount());
    metrics.received(kind, MonitorMetrics.Result.REFUSED, pending.refusals().size());
    pending = new Acknowledgement();
  }

  private void fail(Throwable thrown) {
    if (state != State.CLOSED) {
      close();
      reporter.onError(Statuses.toException(thrown));
    }
  }

  private void gone() {
    if (state != State.CLOSED) {
      close();
    }
  }

  private void close() {
    state = State.CLOSED;
    open.remove(this);
    metrics.reporterClosed(kind);
    LOG.atInfo()
        .addKeyValue("instance", instance)
        .addKeyValue("kind", kind)
        .addKeyValue("batches", lastSequence)
        .addKeyValue("accepted", accepted)
        .addKeyValue("duplicates", duplicates)
        .addKeyValue("refused", refused)
        .log("reporter left");
  }
}
