// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.rpc;

import com.google.protobuf.ByteString;
import halfsecond.asr.v1.AsrServiceGrpc;
import halfsecond.asr.v1.AsrServiceGrpc.AsrServiceStub;
import halfsecond.asr.v1.Finish;
import halfsecond.asr.v1.TranscribeRequest;
import halfsecond.asr.v1.TranscribeResponse;
import halfsecond.common.concurrent.Ticker;
import halfsecond.router.session.BackendFailure;
import halfsecond.router.session.ClipRequest;
import halfsecond.router.session.RecognitionListener;
import halfsecond.router.session.RecognitionPort;
import halfsecond.router.session.RecognitionStream;
import halfsecond.router.utterance.ReplayCause;
import halfsecond.router.utterance.TrafficClass;
import io.grpc.Channel;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Recognition behind {@code halfsecond.asr.v1.AsrService}. */
public final class GrpcRecognition implements RecognitionPort {
  private final AsrServiceStub stub;
  private final Ticker ticker;
  private final Settings settings;

  /**
   * How streams are opened.
   *
   * @param hypothesisInterval least time between two hypotheses
   * @param liveBackstop longest life of a LIVE stream; generous, because it destroys the text when
   *     it fires
   * @param batchBackstop the same of a BATCH stream
   */
  public record Settings(
      Duration hypothesisInterval, Duration liveBackstop, Duration batchBackstop) {}

  public GrpcRecognition(Channel channel, Ticker ticker, Settings settings) {
    this.stub = AsrServiceGrpc.newStub(channel);
    this.ticker = ticker;
    this.settings = settings;
  }

  @Override
  public RecognitionStream open(ClipRequest request, Context trace, RecognitionListener listener) {
    TranscribeCall call = new TranscribeCall(listener);
    Duration backstop =
        request.trafficClass() == TrafficClass.LIVE
            ? settings.liveBackstop()
            : settings.batchBackstop();
    try (Scope ignored = trace.makeCurrent()) {
      var unused =
          stub.withDeadlineAfter(backstop.toMillis(), TimeUnit.MILLISECONDS).transcribe(call);
    }
    call.send(
        TranscribeRequest.newBuilder()
            .setConfig(AsrMessages.config(request, settings.hypothesisInterval()))
            .build());
    return call;
  }

  private final class TranscribeCall extends BackendCall<TranscribeRequest, TranscribeResponse>
      implements RecognitionStream {
    private final RecognitionListener listener;

    TranscribeCall(RecognitionListener listener) {
      this.listener = listener;
    }

    @Override
    void received(TranscribeResponse response) {
      switch (response.getResponseCase()) {
        case PROGRESS -> listener.onProgress(response.getProgress().getProcessedSamples());
        case HYPOTHESIS -> listener.onHypothesis(AsrMessages.hypothesis(response.getHypothesis()));
        case FINAL_RESULT ->
            listener.onFinal(AsrMessages.answer(response.getFinalResult(), ticker.nanos()));
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
      send(TranscribeRequest.newBuilder().setAudio(samples).build());
    }

    @Override
    public void finish(Optional<Duration> within) {
      Finish.Builder finish = Finish.newBuilder();
      within.ifPresent(limit -> finish.setFinishWithin(SpeechMessages.duration(limit)));
      send(TranscribeRequest.newBuilder().setFinish(finish).build());
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
}
