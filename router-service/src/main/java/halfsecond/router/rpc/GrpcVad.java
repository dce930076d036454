// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.rpc;

import com.google.protobuf.ByteString;
import halfsecond.common.concurrent.Ticker;
import halfsecond.common.error.Reason;
import halfsecond.router.backend.Fleet;
import halfsecond.router.backend.OpenStream;
import halfsecond.router.backend.PendingCosts;
import halfsecond.router.session.BackendFailure;
import halfsecond.router.session.DetectionRequest;
import halfsecond.router.session.EndReason;
import halfsecond.router.session.SpeechEnded;
import halfsecond.router.session.SpeechStarted;
import halfsecond.router.session.VadListener;
import halfsecond.router.session.VadPort;
import halfsecond.router.session.VadProgress;
import halfsecond.router.session.VadStream;
import halfsecond.router.utterance.ClipStatistics;
import halfsecond.router.utterance.ReplayCause;
import halfsecond.vad.v1.DetectConfig;
import halfsecond.vad.v1.DetectRequest;
import halfsecond.vad.v1.DetectResponse;
import halfsecond.vad.v1.EndUtterance;
import halfsecond.vad.v1.Progress;
import halfsecond.vad.v1.VadServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * The detectors behind {@code halfsecond.vad.v1.VadService}: each session goes to the one with the
 * fewest streams from here.
 */
public final class GrpcVad implements VadPort {
  private static final int HERTZ = 16_000;

  private final Fleet<VadLink> fleet;
  private final Ticker ticker;
  private final Duration backstop;

  /**
   * @param backstop longest life of a stream; a generous bound on what a session may last, not a
   *     latency limit
   */
  GrpcVad(Fleet<VadLink> fleet, Ticker ticker, Duration backstop) {
    this.fleet = fleet;
    this.ticker = ticker;
    this.backstop = backstop;
  }

  @Override
  public VadStream open(DetectionRequest request, VadListener listener) {
    Optional<VadLink> chosen = fleet.choose(any -> true, request.avoid());
    if (chosen.isEmpty()) {
      listener.onLost(new BackendFailure(Reason.BACKEND_UNAVAILABLE));
      return NoDetector.INSTANCE;
    }
    DetectCall call = new DetectCall(chosen.get(), listener);
    var stub =
        VadServiceGrpc.newStub(call.channel)
            .withDeadlineAfter(backstop.toMillis(), TimeUnit.MILLISECONDS);
    call.open(() -> stub.detect(call));
    call.send(
        DetectRequest.newBuilder()
            .setConfig(
                DetectConfig.newBuilder()
                    .setSessionId(request.sessionId())
                    .setSampleRateHertz(HERTZ)
                    .setEndpointing(EndpointingFields.write(request.options()))
                    .setStartSample(request.startSample()))
            .build());
    return call;
  }

  private final class DetectCall extends BackendCall<DetectRequest, DetectResponse>
      implements VadStream, OpenStream {
    private final VadLink link;
    private final VadListener listener;
    private final ManagedChannel channel;
    private final PendingCosts.Entry pending;

    DetectCall(VadLink link, VadListener listener) {
      this.link = link;
      this.listener = listener;
      this.channel = link.connections().next();
      this.pending = link.replica().opened(this, 0);
    }

    @Override
    void received(DetectResponse response) {
      switch (response.getResponseCase()) {
        case SPEECH_STARTED -> listener.onStarted(started(response.getSpeechStarted()));
        case PROGRESS -> listener.onProgress(progress(response.getProgress()));
        case SPEECH_ENDED -> listener.onEnded(ended(response.getSpeechEnded()));
        // A kind of message that is newer than this build.
        case RESPONSE_NOT_SET -> next();
      }
    }

    @Override
    void ready() {
      listener.onReady();
    }

    @Override
    void completed() {
      listener.onCompleted();
    }

    @Override
    void blame(Status.Code code, Optional<Reason> reason) {
      Faults.ended(fleet, link, Connections.connected(channel), code, reason);
    }

    @Override
    void failed(BackendFailure failure) {
      listener.onLost(failure);
    }

    @Override
    void released() {
      link.replica().closed(this, pending);
    }

    /** A session with its detector has no pace to compare. */
    @Override
    public long progressDue(long nowNanos) {
      return 0;
    }

    @Override
    public long finalDue(long nowNanos) {
      return 0;
    }

    @Override
    public void slow() {
      oust();
    }

    @Override
    public boolean isReady() {
      return writable();
    }

    @Override
    public void audio(ByteString samples) {
      send(DetectRequest.newBuilder().setAudio(samples).build());
    }

    @Override
    public void endUtterance() {
      send(DetectRequest.newBuilder().setEndUtterance(EndUtterance.getDefaultInstance()).build());
    }

    @Override
    public void halfClose() {
      endRequests();
    }

    @Override
    public void cancel() {
      giveUp();
    }

    @Override
    public void abandon(ReplayCause cause) {
      giveUp();
      Faults.abandoned(fleet, link, cause);
    }

    @Override
    public String backend() {
      return link.replica().name();
    }

    @Override
    public void next() {
      oneMore();
    }
  }

  private SpeechStarted started(halfsecond.vad.v1.SpeechStarted event) {
    return new SpeechStarted(
        event.getClipStartSample(),
        event.getSpeechStartSample(),
        event.getAcknowledgedSample(),
        event.getTraceParent(),
        ticker.nanos());
  }

  private static VadProgress progress(Progress event) {
    return new VadProgress(
        event.getProcessedSample(),
        event.hasAcknowledgedSample()
            ? OptionalLong.of(event.getAcknowledgedSample())
            : OptionalLong.empty());
  }

  private SpeechEnded ended(halfsecond.vad.v1.SpeechEnded event) {
    return new SpeechEnded(
        event.getClipEndSample(),
        event.getSpeechEndSample(),
        event.getDecidedSample(),
        reason(event.getReason()),
        event.hasStatistics() ? Optional.of(statistics(event.getStatistics())) : Optional.empty(),
        ticker.nanos());
  }

  private static EndReason reason(halfsecond.vad.v1.EndReason reason) {
    return switch (reason) {
      case END_REASON_FINALIZE -> EndReason.FINALIZE;
      case END_REASON_MAX_DURATION -> EndReason.MAX_DURATION;
      case END_REASON_STREAM_END -> EndReason.STREAM_END;
      // The speech is over all the same.
      case END_REASON_END_OF_SPEECH, END_REASON_UNSPECIFIED, UNRECOGNIZED ->
          EndReason.END_OF_SPEECH;
    };
  }

  private static ClipStatistics statistics(halfsecond.vad.v1.ClipStatistics from) {
    return new ClipStatistics(
        from.getSpeechRatio(),
        from.getMeanLevelDbfs(),
        from.getPeakLevelDbfs(),
        from.getClippingRatio(),
        AsrMessages.duration(from.getLeadingSilence()),
        AsrMessages.duration(from.getTrailingSilence()),
        optional(from.hasSignalToNoiseDb(), from.getSignalToNoiseDb()),
        optional(from.hasPitchHertz(), from.getPitchHertz()),
        optional(from.hasSpectralCentroidHertz(), from.getSpectralCentroidHertz()));
  }

  private static OptionalDouble optional(boolean present, double value) {
    return present ? OptionalDouble.of(value) : OptionalDouble.empty();
  }
}
