// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.targets;

import com.google.protobuf.ByteString;
import com.google.rpc.RetryInfo;
import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import halfsecond.common.rpc.Statuses;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * One query as one gRPC call. What is sent goes into the transport's queue at once; when the server
 * does not read, the queue grows by at most {@value #MOST_UNREADY} messages before the query fails.
 * The listener is called by the connection's thread.
 */
final class GrpcQuery<R> extends ClientCall.Listener<R> implements QueryStream {
  /** Ten seconds of 20 ms. */
  static final int MOST_UNREADY = 500;

  private final StreamProtocol<R> protocol;
  private final ConnectionPool.Connection connection;
  private final QueryListener listener;
  private final LongAdder sentUnready;
  private final ClientCall<ByteString, R> call;
  private volatile boolean closed;
  private volatile boolean cancelled;
  private volatile boolean wasReady;
  private volatile boolean overrun;
  private boolean finished;
  private int unready;
  // Of the connection's thread.
  private boolean answered;

  private GrpcQuery(
      StreamProtocol<R> protocol,
      ConnectionPool.Connection connection,
      QueryListener listener,
      LongAdder sentUnready) {
    this.protocol = protocol;
    this.connection = connection;
    this.listener = listener;
    this.sentUnready = sentUnready;
    this.call = connection.channel().newCall(protocol.method(), CallOptions.DEFAULT);
  }

  /**
   * Reads a refusal, so that the first one of a measurement does not wait until the classes for it
   * are loaded, which takes a tenth of a second and more on a busy machine.
   *
   * @return true
   */
  static boolean warmUp() {
    StatusRuntimeException refusal =
        Statuses.toException(new SpeechException(Reason.SATURATED, "as a busy server says"));
    Metadata trailers = Objects.requireNonNull(Status.trailersFromThrowable(refusal));
    return isSaturated(refusal.getStatus(), trailers)
        && saysWhenToRetry(refusal.getStatus(), trailers);
  }

  /**
   * Starts the call.
   *
   * @param sentUnready counts the messages that were sent while the connection was full
   */
  static <R> QueryStream open(
      StreamProtocol<R> protocol,
      ConnectionPool.Connection connection,
      QueryListener listener,
      LongAdder sentUnready) {
    GrpcQuery<R> query = new GrpcQuery<>(protocol, connection, listener, sentUnready);
    query.call.start(query, new Metadata());
    query.call.request(Integer.MAX_VALUE);
    protocol.opening().forEach(query.call::sendMessage);
    return query;
  }

  @Override
  public void audio(ByteString samples) {
    if (isOver()) {
      return;
    }
    if (call.isReady() || !wasReady) {
      unready = 0;
    } else {
      sentUnready.increment();
      unready++;
      if (unready > MOST_UNREADY) {
        overrun = true;
        call.cancel("the server does not read", null);
        return;
      }
    }
    call.sendMessage(SerializedMessage.audioField(samples));
  }

  @Override
  public void finish() {
    if (isOver()) {
      return;
    }
    finished = true;
    protocol.closing().forEach(call::sendMessage);
    call.halfClose();
  }

  @Override
  public void cancel() {
    if (!cancelled && !closed) {
      cancelled = true;
      call.cancel("given up", null);
    }
  }

  @Override
  public void onReady() {
    wasReady = true;
  }

  @Override
  public void onMessage(R response) {
    if (!cancelled) {
      answered |= protocol.answers().tell(response, listener);
    }
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    closed = true;
    connection.release();
    if (cancelled) {
      return;
    }
    if (status.isOk()) {
      listener.closed();
    } else if (overrun) {
      listener.failed("SERVER_DOES_NOT_READ");
    } else if (!answered && isSaturated(status, trailers)) {
      listener.refused(
          new Refusal(true, status.getCode().toString(), saysWhenToRetry(status, trailers)));
      listener.closed();
    } else {
      listener.failed(code(status, trailers));
    }
  }

  private boolean isOver() {
    return closed || cancelled || finished || overrun;
  }

  /** Other things are exhausted as well: a message's size, the patience with a slow reader. */
  private static boolean isSaturated(Status status, Metadata trailers) {
    return status.getCode() == Status.Code.RESOURCE_EXHAUSTED
        && Statuses.reasonOf(status, trailers).orElse(Reason.SATURATED) == Reason.SATURATED;
  }

  /** The status and, when a server of the suite says it, its reason. */
  private static String code(Status status, Metadata trailers) {
    return Statuses.reasonOf(status, trailers)
        .map(reason -> status.getCode() + "/" + reason)
        .orElse(status.getCode().toString());
  }

  private static boolean saysWhenToRetry(Status status, Metadata trailers) {
    com.google.rpc.Status details = StatusProto.fromStatusAndTrailers(status, trailers);
    return details.getDetailsList().stream().anyMatch(any -> any.is(RetryInfo.class));
  }
}
