// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad.rpc;

import com.google.protobuf.ByteString;
import halfsecond.common.audio.SampleCarry;
import halfsecond.common.concurrent.SerialExecutor;
import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import halfsecond.common.rpc.Statuses;
import halfsecond.vad.v1.DetectConfig;
import halfsecond.vad.v1.DetectRequest;
import halfsecond.vad.v1.DetectResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.nio.ShortBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One call of {@code Detect}. Callbacks of gRPC and the drain come on different threads; all of
 * them become tasks of one sequence, which runs on whichever of these threads found it idle, so the
 * fields need no lock. Asks for the next message only when this one is done and the client reads
 * its answers.
 */
final class DetectCall implements StreamObserver<DetectRequest> {
  static final int LARGEST_AUDIO = 256 * 1024;

  private enum State {
    AWAITING_CONFIG,
    STREAMING,
    CLOSED
  }

  private final ServerCallStreamObserver<DetectResponse> responses;
  private final DetectContext context;
  private final SerialExecutor sequence;
  private final SampleCarry carry = new SampleCarry();
  private State state = State.AWAITING_CONFIG;
  private @Nullable DetectStream stream;
  private boolean awaitingReady;
  private boolean draining;

  private DetectCall(ServerCallStreamObserver<DetectResponse> responses, DetectContext context) {
    this.responses = responses;
    this.context = context;
    this.sequence = new SerialExecutor(Runnable::run, this::finish);
  }

  /**
   * Starts serving a call; must be called within its handler.
   *
   * @throws SpeechException SATURATED or DRAINING
   */
  static DetectCall start(
      ServerCallStreamObserver<DetectResponse> responses, DetectContext context) {
    DetectCall call = new DetectCall(responses, context);
    context.open().add(call);
    context.metrics().streamOpened();
    responses.disableAutoRequest();
    responses.setOnCancelHandler(() -> call.sequence.execute(call::release));
    responses.setOnReadyHandler(() -> call.sequence.execute(call::ready));
    responses.request(1);
    return call;
  }

  static SpeechException draining() {
    return new SpeechException(Reason.DRAINING, "the service is shutting down");
  }

  @Override
  public void onNext(DetectRequest request) {
    sequence.execute(() -> receive(request));
  }

  @Override
  public void onCompleted() {
    sequence.execute(this::halfClosed);
  }

  /** The client is gone; there is nobody to answer. */
  @Override
  public void onError(Throwable thrown) {
    sequence.execute(this::release);
  }

  /** Ends the call with DRAINING once no utterance is in progress. Any thread. */
  void drain() {
    sequence.execute(
        () -> {
          draining = true;
          endWhenDrained();
        });
  }

  /** Ends the call with DRAINING now. Any thread. */
  void drainNow() {
    sequence.execute(() -> finish(draining()));
  }

  private void receive(DetectRequest request) {
    if (state == State.CLOSED) {
      return;
    }
    long begin = context.ticker().nanos();
    switch (request.getRequestCase()) {
      case CONFIG -> configure(request.getConfig());
      case AUDIO -> hear(request.getAudio());
      case END_UTTERANCE -> streaming().endUtterance();
      case REQUEST_NOT_SET ->
          throw SpeechException.fieldInvalid("request", "config, audio or end_utterance");
    }
    context.metrics().message(context.ticker().nanos() - begin);
    endWhenDrained();
    requestNext();
  }

  private void configure(DetectConfig config) {
    if (state != State.AWAITING_CONFIG) {
      throw new SpeechException(Reason.CONFIG_REPEATED, "the config is sent once, first and alone");
    }
    StreamSettings settings = StreamSettings.of(config, context.defaults());
    stream = new DetectStream(settings, context, responses::onNext);
    state = State.STREAMING;
  }

  private void hear(ByteString audio) {
    DetectStream hearing = streaming();
    if (audio.size() > LARGEST_AUDIO) {
      throw new SpeechException(
          Reason.MESSAGE_TOO_LARGE, "a message has at most " + LARGEST_AUDIO + " bytes of audio");
    }
    hearing.hear(ShortBuffer.wrap(carry.read(audio.asReadOnlyByteBuffer())));
  }

  private void halfClosed() {
    if (state == State.CLOSED) {
      return;
    }
    DetectStream ending = streaming();
    if (carry.pending()) {
      throw new SpeechException(
          Reason.AUDIO_INVALID, "the stream has an odd number of bytes; a sample has two");
    }
    ending.endOfStream();
    release();
    responses.onCompleted();
  }

  private DetectStream streaming() {
    if (stream == null) {
      throw new SpeechException(
          Reason.CONFIG_MISSING, "the first message of a stream must be its config");
    }
    return stream;
  }

  private void endWhenDrained() {
    if (draining && (stream == null || !stream.inUtterance())) {
      finish(draining());
    }
  }

  private void requestNext() {
    if (state == State.CLOSED) {
      return;
    }
    if (responses.isReady()) {
      responses.request(1);
    } else {
      awaitingReady = true;
    }
  }

  /** May come when nothing was held back: a second request would let a message in unasked. */
  private void ready() {
    if (awaitingReady && responses.isReady()) {
      awaitingReady = false;
      requestNext();
    }
  }

  private void finish(Throwable why) {
    if (state != State.CLOSED) {
      release();
      responses.onError(Statuses.toException(why));
    }
  }

  /** The one end of every call; what it held is free before the client hears of the end. */
  private void release() {
    if (state == State.CLOSED) {
      return;
    }
    state = State.CLOSED;
    context.open().remove(this);
    context.metrics().streamClosed();
    if (stream != null) {
      stream.close();
    }
  }
}
