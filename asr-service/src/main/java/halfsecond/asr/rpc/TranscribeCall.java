// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.rpc;

import halfsecond.asr.recognition.Clip;
import halfsecond.asr.recognition.ClipListener;
import halfsecond.asr.recognition.ClipResult;
import halfsecond.asr.recognition.ClipSpec;
import halfsecond.asr.recognition.Hypothesis;
import halfsecond.asr.recognition.ModelLease;
import halfsecond.asr.v1.Load;
import halfsecond.asr.v1.TranscribeConfig;
import halfsecond.asr.v1.TranscribeRequest;
import halfsecond.asr.v1.TranscribeResponse;
import halfsecond.common.concurrent.SerialExecutor;
import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import halfsecond.common.rpc.Statuses;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One Transcribe call. Everything that happens to it, from the peer, the clip or a timer, runs in
 * one sequence, which has no threads of its own: who brings an event runs it, unless somebody is in
 * there already. Nothing in the sequence blocks.
 */
final class TranscribeCall implements StreamObserver<TranscribeRequest>, ClipListener {
  private final TranscribeWorld world;
  private final ServerCallStreamObserver<TranscribeResponse> peer;
  private final Context caller = Context.current();
  private final SerialExecutor sequence = new SerialExecutor(Runnable::run, this::broken);
  private final ClipSummary summary = new ClipSummary();
  private final SilenceWatch silence;

  // All below belongs to the sequence.
  private State state = State.AWAITING_CONFIG;
  private TranscribeConfig config = TranscribeConfig.getDefaultInstance();
  private @Nullable Clip clip;
  private @Nullable ClipSpans spans;
  private boolean halfClosed;
  private boolean requestWithheld;
  private @Nullable Hypothesis unsentHypothesis;
  private long unsentProgress = -1;
  private @Nullable Long loadSentNanos;

  /** The answer, once it was given and the clip goes on. */
  private @Nullable ClipResult early;

  /** Progress carries the load at first and then this often. */
  private static final long LOAD_INTERVAL_NANOS = Duration.ofMillis(250).toNanos();

  private enum State {
    AWAITING_CONFIG,
    /** The config is being checked and the model leased; no audio has been asked for yet. */
    OPENING,
    STREAMING,
    FINISHING,
    /** Answered in time; the complete answer may follow. */
    LATE,
    CLOSED
  }

  private TranscribeCall(TranscribeWorld world, ServerCallStreamObserver<TranscribeResponse> peer) {
    this.world = world;
    this.peer = peer;
    this.silence =
        new SilenceWatch(
            world.scheduler(), world.limits().maxSilence(), () -> sequence.execute(this::silent));
  }

  /** Must be called, and return, within the handler. */
  static StreamObserver<TranscribeRequest> start(
      TranscribeWorld world, ServerCallStreamObserver<TranscribeResponse> peer) {
    TranscribeCall call = new TranscribeCall(world, peer);
    peer.disableAutoRequest();
    peer.setOnReadyHandler(() -> call.sequence.execute(call::flush));
    peer.setOnCancelHandler(() -> call.sequence.execute(call::cancelled));
    peer.setOnCloseHandler(() -> {});
    call.silence.start();
    peer.request(1);
    return call;
  }

  @Override
  public void onNext(TranscribeRequest request) {
    sequence.execute(() -> guarded(() -> received(request)));
  }

  @Override
  public void onError(Throwable thrown) {
    sequence.execute(this::cancelled);
  }

  @Override
  public void onCompleted() {
    sequence.execute(() -> guarded(this::halfClosed));
  }

  @Override
  public void onProgress(long processedSamples) {
    unsentProgress = processedSamples;
    flush();
    requestMore();
  }

  @Override
  public void onHypothesis(Hypothesis hypothesis) {
    unsentHypothesis = hypothesis;
    flush();
  }

  @Override
  public void onResult(ClipResult result) {
    if (state == State.CLOSED) {
      return;
    }
    Outcome outcome = Outcome.of(result);
    world.telemetry().answered(config.getModelVersion(), outcome, result);
    // Never held back: a final is worth its memory.
    peer.onNext(Messages.result(result, config));
    if (spans != null) {
      spans.end(outcome, result);
    }
    if (result.complete()) {
      close(outcome, result, null);
      peer.onCompleted();
    } else {
      early = result;
      state = State.LATE;
    }
  }

  @Override
  public void onLateResult(Optional<ClipResult> result) {
    if (state == State.CLOSED) {
      return;
    }
    closeLate(
        result.isPresent() ? LateOutcome.ANSWERED : LateOutcome.DROPPED, result.orElse(early));
    result.ifPresent(late -> peer.onNext(Messages.result(late, config)));
    peer.onCompleted();
  }

  @Override
  public void onFailure(RuntimeException failure) {
    fail(failure);
  }

  private void received(TranscribeRequest request) {
    switch (state) {
      case AWAITING_CONFIG -> configured(request);
      case STREAMING -> streamed(request);
      case OPENING, FINISHING, LATE ->
          throw new SpeechException(Reason.MESSAGE_UNEXPECTED, "nothing may follow finish");
      case CLOSED -> {}
    }
  }

  private void configured(TranscribeRequest request) {
    if (!request.hasConfig()) {
      throw new SpeechException(Reason.CONFIG_MISSING, "the first message must be the config");
    }
    TranscribeConfig wanted = request.getConfig();
    ClipSpec spec = TranscribeRules.spec(wanted);
    config = wanted;
    if (world.load().isDraining()) {
      throw new SpeechException(Reason.DRAINING, "the service is stopping");
    }
    if (world.clips().count() >= world.limits().maxClips()) {
      throw new SpeechException(Reason.SATURATED, "too many clips are in progress");
    }
    state = State.OPENING;
    var unused =
        world
            .models()
            .lease(TranscribeRules.model(wanted.getModelVersion()), wanted.getPhrasesList())
            .whenComplete((lease, failure) -> sequence.execute(() -> leased(spec, lease, failure)));
  }

  private void leased(ClipSpec spec, @Nullable ModelLease lease, @Nullable Throwable failure) {
    if (lease == null) {
      fail(failure == null ? new IllegalStateException("no lease") : failure);
      return;
    }
    if (state == State.CLOSED) {
      lease.close();
      return;
    }
    clip = world.clips().open(spec, lease, sequence, this);
    spans = new ClipSpans(world.telemetry().tracer(), caller, config.getModelVersion());
    state = State.STREAMING;
    silence.heard();
    if (halfClosed) {
      finish(Optional.empty());
    } else {
      peer.request(1);
    }
  }

  private void streamed(TranscribeRequest request) {
    Clip open = open();
    switch (request.getRequestCase()) {
      case AUDIO -> {
        silence.heard();
        if (spans != null) {
          spans.audio();
        }
        summary.received(request.getAudio().size());
        request.getAudio().asReadOnlyByteBufferList().forEach(open::audio);
        requestWithheld = true;
        requestMore();
      }
      case FINISH -> {
        finish(TranscribeRules.within(request.getFinish()));
        // So that a message too many is noticed.
        peer.request(1);
      }
      case CONFIG ->
          throw new SpeechException(Reason.CONFIG_REPEATED, "the config is sent once, first");
      case REQUEST_NOT_SET ->
          throw SpeechException.fieldInvalid("request", "one of config, audio and finish");
    }
  }

  private void halfClosed() {
    halfClosed = true;
    switch (state) {
      case AWAITING_CONFIG ->
          throw new SpeechException(Reason.CONFIG_MISSING, "the stream ended without a config");
      case STREAMING -> finish(Optional.empty());
      case OPENING, FINISHING, LATE, CLOSED -> {}
    }
  }

  private void finish(Optional<Duration> within) {
    state = State.FINISHING;
    silence.stop();
    if (spans != null) {
      spans.finish(within);
    }
    open().finish(within);
  }

  /** One message is asked for at a time, and only when there is room for its audio. */
  private void requestMore() {
    if (requestWithheld && state == State.STREAMING && open().hasRoom()) {
      requestWithheld = false;
      silence.heard();
      peer.request(1);
    }
  }

  /** Sends what is newest, if the peer takes it; what it did not take in time is replaced. */
  private void flush() {
    if (state == State.LATE || state == State.CLOSED || !peer.isReady()) {
      return;
    }
    Hypothesis hypothesis = unsentHypothesis;
    if (hypothesis != null) {
      unsentHypothesis = null;
      peer.onNext(Messages.hypothesis(hypothesis));
    }
    if (unsentProgress >= 0) {
      peer.onNext(Messages.progress(unsentProgress, loadIfDue()));
      unsentProgress = -1;
    }
  }

  private Optional<Load> loadIfDue() {
    long now = world.scheduler().nanos();
    if (loadSentNanos != null && now - loadSentNanos < LOAD_INTERVAL_NANOS) {
      return Optional.empty();
    }
    loadSentNanos = now;
    return Optional.of(world.load().now());
  }

  private void silent() {
    boolean owesAudio = state == State.STREAMING && !requestWithheld;
    if (state == State.AWAITING_CONFIG || owesAudio) {
      fail(new SpeechException(Reason.AUDIO_TIMEOUT, "no audio came for too long"));
    } else if (state == State.OPENING || state == State.STREAMING) {
      silence.start();
    }
  }

  private void cancelled() {
    if (state == State.CLOSED) {
      return;
    }
    if (state == State.LATE) {
      closeLate(LateOutcome.CANCELLED, early);
      return;
    }
    world.telemetry().ended(config.getModelVersion(), Outcome.CANCELLED);
    close(Outcome.CANCELLED, null, null);
  }

  private void fail(Throwable failure) {
    if (state == State.CLOSED) {
      return;
    }
    if (state == State.LATE) {
      closeLate(LateOutcome.FAILED, early);
    } else {
      world.telemetry().ended(config.getModelVersion(), Outcome.FAILED);
      close(Outcome.FAILED, null, null);
    }
    peer.onError(Statuses.toException(failure));
  }

  private void closeLate(LateOutcome late, @Nullable ClipResult result) {
    world.telemetry().late(config.getModelVersion(), late);
    close(Outcome.DEADLINE, result, late);
  }

  /** Every ending comes through here, once. */
  private void close(Outcome outcome, @Nullable ClipResult result, @Nullable LateOutcome late) {
    state = State.CLOSED;
    silence.stop();
    if (clip != null) {
      clip.cancel();
    }
    if (spans != null) {
      spans.end(outcome, result);
    }
    if (result != null) {
      world.telemetry().decoded(config.getModelVersion(), result);
    }
    summary.log(config, outcome, result, late);
  }

  private void guarded(Runnable event) {
    try {
      event.run();
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  private void broken(Throwable thrown) {
    fail(thrown);
  }

  private Clip open() {
    Clip open = clip;
    if (open == null) {
      throw new IllegalStateException("no clip is open");
    }
    return open;
  }
}
