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
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream of one reporter: config, then batches. Each is acknowledged once it need not be sent
 * again, and no more than {@value #MOST_UNSETTLED} wait for that. When the reporter does not read,
 * acknowledgements add up into one and no more batches are asked for, so that nothing here can
 * grow.
 *
 * <p>gRPC's callbacks and {@link #drain} only hand over to the sequence of the call; everything
 * else runs in it.
 *
 * @param <Q> request
 * @param <P> response
 */
abstract class ReportCall<Q, P> implements StreamObserver<Q> {
  private static final Logger LOG = LoggerFactory.getLogger(ReportCall.class);

  /** Some are read while those before them are made durable, so that one commit takes several. */
  private static final int MOST_UNSETTLED = 4;

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
  private @Nullable Throwable ending;
  private long lastSequence;
  private long settledSequence;
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
    this.sequence = new SerialExecutor(pool, this::endWith);
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
        () -> endWith(new SpeechException(Reason.DRAINING, "the monitor is shutting down")));
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

  /**
   * Takes the batch. Items that are not valid are refused alone.
   *
   * @return completes, on any thread and in the order of the batches, when it need not be sent
   *     again
   */
  abstract CompletionStage<Acknowledgement> take(Q request, String instance);

  abstract P response(long sequence, Acknowledgement result);

  private void receive(Q request) {
    if (state == State.CLOSED || ending != null) {
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
      CompletionStage<Acknowledgement> taken = take(request, instance);
      lastSequence = next;
      var unused =
          taken.whenComplete(
              (result, thrown) -> sequence.execute(() -> settled(next, result, thrown)));
    }
    goOn();
  }

  private void settled(long number, @Nullable Acknowledgement result, @Nullable Throwable thrown) {
    if (result == null) {
      Throwable cause = thrown instanceof CompletionException e ? e.getCause() : thrown;
      fail(Objects.requireNonNullElse(cause, new IllegalStateException("neither taken nor not")));
      return;
    }
    settledSequence = number;
    pending.add(result);
    accepted += result.acceptedCount();
    duplicates += result.duplicateCount();
    refused += result.refusals().size();
    metrics.received(kind, MonitorMetrics.Result.ACCEPTED, result.acceptedCount());
    metrics.received(kind, MonitorMetrics.Result.DUPLICATE, result.duplicateCount());
    metrics.received(kind, MonitorMetrics.Result.REFUSED, result.refusals().size());
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
    if (state == State.CLOSED) {
      return;
    }
    boolean allSettled = settledSequence == lastSequence;
    if (ending != null) {
      if (allSettled) {
        acknowledge();
        fail(ending);
      }
      return;
    }
    if (acknowledgedSequence < settledSequence && !reporter.isReady()) {
      return;
    }
    acknowledge();
    if (state == State.HALF_CLOSED) {
      if (allSettled) {
        close();
        reporter.onCompleted();
      }
    } else if (!awaitingMessage && lastSequence - settledSequence < MOST_UNSETTLED) {
      awaitingMessage = true;
      reporter.request(1);
    }
  }

  private void acknowledge() {
    if (acknowledgedSequence < settledSequence) {
      reporter.onNext(response(settledSequence, pending));
      acknowledgedSequence = settledSequence;
      pending = new Acknowledgement();
    }
  }

  /** Ends the stream once what was taken before is acknowledged. */
  private void endWith(Throwable thrown) {
    if (ending == null) {
      ending = thrown;
      goOn();
    } else {
      fail(thrown);
    }
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
