// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.rpc;

import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import halfsecond.common.rpc.Statuses;
import halfsecond.router.session.FinalResult;
import halfsecond.router.session.InterimResult;
import halfsecond.router.session.LiveSession;
import halfsecond.router.session.Marker;
import halfsecond.router.session.Rejection;
import halfsecond.router.session.Session;
import halfsecond.router.session.SessionConfig;
import halfsecond.router.session.SessionOutput;
import halfsecond.router.session.SessionRegistry;
import halfsecond.router.session.SessionServices;
import halfsecond.router.session.SpeechActivity;
import halfsecond.speech.v1.SpeechMarker;
import halfsecond.speech.v1.StreamingRecognizeRequest;
import halfsecond.speech.v1.StreamingRecognizeResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One {@code StreamingRecognize} call. gRPC's callbacks come one at a time and only hand over to
 * the session; everything that is sent is sent from the session's sequence. Until there is a
 * session, the config, a refusal and the timer race for the one right to decide what becomes of the
 * call.
 */
final class StreamingCall
    implements StreamObserver<StreamingRecognizeRequest>, LiveSession, SessionOutput {
  private final ServerCallStreamObserver<StreamingRecognizeResponse> responses;
  private final SessionServices services;
  private final SessionRegistry registry;
  private final EdgeLimits limits;
  private final Executor sequence;
  private final long openedNanos;
  private final AtomicBoolean decided = new AtomicBoolean();
  private final SpeechMessages messages = new SpeechMessages();
  private volatile @Nullable Session session;

  StreamingCall(
      ServerCallStreamObserver<StreamingRecognizeResponse> responses,
      SessionServices services,
      SessionRegistry registry,
      EdgeLimits limits,
      Executor sequence) {
    this.responses = responses;
    this.services = services;
    this.registry = registry;
    this.limits = limits;
    this.sequence = sequence;
    this.openedNanos = services.scheduler().nanos();
  }

  /** To be called once, within the handler. */
  void start() {
    responses.disableAutoRequest();
    responses.setOnCancelHandler(this::gone);
    responses.setOnReadyHandler(this::ready);
    try {
      registry.admit(this);
      responses.request(1);
    } catch (SpeechException e) {
      refuse(e);
    }
  }

  @Override
  public void onNext(StreamingRecognizeRequest request) {
    Session open = session;
    if (open == null) {
      begin(request);
      return;
    }
    if (isTooLarge(request)) {
      open.refuse(SpeechMessages.tooLarge());
      return;
    }
    switch (request.getStreamingRequestCase()) {
      case AUDIO -> open.audio(request.getAudio());
      case FINALIZE -> open.finalizeUtterance();
      case SPEECH_MARKER -> mark(open, request.getSpeechMarker().getKind());
      case STREAMING_CONFIG ->
          open.refuse(
              new SpeechException(
                  Reason.CONFIG_REPEATED, "the config is sent once, first and alone"));
      case STREAMINGREQUEST_NOT_SET ->
          open.refuse(
              SpeechException.fieldInvalid("streaming_request", "exactly one of its fields"));
    }
  }

  /**
   * The limit is stated for the audio; whatever else a message holds has it, too, and some for the
   * wire.
   */
  private boolean isTooLarge(StreamingRecognizeRequest request) {
    int limit = limits.streamedMessageBytes();
    return request.getAudio().size() > limit
        || request.getSerializedSize() > limit + SpeechMessages.FIELD_BYTES;
  }

  private void begin(StreamingRecognizeRequest request) {
    if (!request.hasStreamingConfig()) {
      refuse(new SpeechException(Reason.CONFIG_MISSING, "the first message must be the config"));
      return;
    }
    try {
      if (isTooLarge(request)) {
        throw SpeechMessages.tooLarge();
      }
      SessionConfig config = SessionConfigs.streaming(request.getStreamingConfig(), limits);
      if (decided.compareAndSet(false, true)) {
        Session opened =
            new Session(config, services, sequence, this, () -> registry.release(this));
        session = opened;
        opened.open();
      }
    } catch (SpeechException e) {
      refuse(e);
    }
  }

  private static void mark(Session open, SpeechMarker.Kind kind) {
    switch (kind) {
      case KIND_SPEECH_START -> open.marker(Marker.SPEECH_START);
      case KIND_SPEECH_END -> open.marker(Marker.SPEECH_END);
      case KIND_UNSPECIFIED, UNRECOGNIZED ->
          open.refuse(SpeechException.fieldInvalid("speech_marker.kind", "a start or an end"));
    }
  }

  @Override
  public void onCompleted() {
    Session open = session;
    if (open == null) {
      refuse(
          new SpeechException(Reason.CONFIG_MISSING, "the stream ended before its config arrived"));
    } else {
      open.halfClose();
    }
  }

  @Override
  public void onError(Throwable ignored) {
    gone();
  }

  private void gone() {
    Session open = session;
    if (open != null) {
      open.clientGone();
    } else if (decided.compareAndSet(false, true)) {
      registry.release(this);
    }
  }

  private void ready() {
    Session open = session;
    if (open != null) {
      open.outputReady();
    }
  }

  /** Ends a call that never became a session. */
  private void refuse(SpeechException status) {
    if (decided.compareAndSet(false, true)) {
      registry.release(this);
      responses.onError(Statuses.toException(status));
    }
  }

  @Override
  public void tick() {
    Session open = session;
    if (open != null) {
      open.tick();
    } else if (services.scheduler().nanos() - openedNanos >= limits.configWithin().toNanos()) {
      refuse(new SpeechException(Reason.CONFIG_MISSING, "no config arrived in time"));
    }
  }

  @Override
  public void drain(Duration remaining) {
    Session open = session;
    if (open != null) {
      open.drain(remaining);
    } else {
      refuse(new SpeechException(Reason.DRAINING, "the server is shutting down"));
    }
  }

  @Override
  public void request() {
    responses.request(1);
  }

  @Override
  public boolean isReady() {
    return responses.isReady();
  }

  @Override
  public void started(String sessionId, Optional<Duration> budget) {
    responses.onNext(messages.started(sessionId, budget));
  }

  @Override
  public void activity(SpeechActivity event) {
    responses.onNext(messages.activity(event));
  }

  @Override
  public void interim(InterimResult result) {
    responses.onNext(messages.interim(result));
  }

  @Override
  public void answered(FinalResult result) {
    responses.onNext(
        StreamingRecognizeResponse.newBuilder().setResult(messages.result(result)).build());
  }

  @Override
  public void rejected(Rejection rejection) {
    responses.onNext(
        StreamingRecognizeResponse.newBuilder().setRejected(messages.rejected(rejection)).build());
  }

  @Override
  public void draining(Duration remaining) {
    responses.onNext(messages.draining(remaining));
  }

  @Override
  public void ended(Optional<SpeechException> status) {
    if (status.isPresent()) {
      responses.onError(Statuses.toException(status.get()));
    } else {
      responses.onCompleted();
    }
  }
}
