// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.rpc;

import com.google.protobuf.ByteString;
import halfsecond.common.concurrent.Ticker;
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
import halfsecond.vad.v1.VadServiceGrpc.VadServiceStub;
import io.grpc.Channel;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** The detector behind {@code halfsecond.vad.v1.VadService}. */
public final class GrpcVad implements VadPort {
  private static final int HERTZ = 16_000;

  private final VadServiceStub stub;
  private final Ticker ticker;
  private final Duration backstop;

  /**
   * @param backstop longest life of a stream; a generous bound on what a session may last, not a
   *     latency limit
   */
  public GrpcVad(Channel channel, Ticker ticker, Duration backstop) {
    this.stub = VadServiceGrpc.newStub(channel);
    this.ticker = ticker;
    this.backstop = backstop;
  }

  @Override
  public VadStream open(DetectionRequest request, VadListener listener) {
    DetectCall call = new DetectCall(listener);
    var unused = stub.withDeadlineAfter(backstop.toMillis(), TimeUnit.MILLISECONDS).detect(call);
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
      implements VadStream {
    private final VadListener listener;

    DetectCall(VadListener listener) {
      this.listener = listener;
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
    void failed(BackendFailure failure) {
      listener.onLost(failure);
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
    }

    @Override
    public String backend() {
      return "";
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
