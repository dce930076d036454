// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.rpc;

import com.google.protobuf.ByteString;
import halfsecond.asr.v1.AsrServiceGrpc;
import halfsecond.asr.v1.FinalResult;
import halfsecond.asr.v1.Finish;
import halfsecond.asr.v1.TranscribeRequest;
import halfsecond.asr.v1.TranscribeResponse;
import halfsecond.common.audio.Audio16k;
import halfsecond.common.concurrent.Ticker;
import halfsecond.common.error.Reason;
import halfsecond.router.backend.Fleet;
import halfsecond.router.backend.OpenStream;
import halfsecond.router.backend.PendingCosts;
import halfsecond.router.backend.Replica;
import halfsecond.router.backend.UsualCosts;
import halfsecond.router.session.BackendFailure;
import halfsecond.router.session.ClipRequest;
import halfsecond.router.session.FinalHypothesis;
import halfsecond.router.session.RecognitionListener;
import halfsecond.router.session.RecognitionPort;
import halfsecond.router.session.RecognitionStream;
import halfsecond.router.utterance.ReplayCause;
import halfsecond.router.utterance.TrafficClass;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Recognition behind {@code halfsecond.asr.v1.AsrService}: each clip goes to the least loaded
 * replica that has the version.
 */
public final class GrpcRecognition implements RecognitionPort {
  private final Fleet<AsrLink> fleet;
  private final UsualCosts costs;
  private final Ticker ticker;
  private final Settings settings;

  /**
   * How streams are opened.
   *
   * @param hypothesisInterval least time between two hypotheses for a client that wants them, at
   *     most 300 ms; for others 300 ms
   * @param liveBackstop longest life of a LIVE stream; generous, because it destroys the text when
   *     it fires
   * @param batchBackstop the same of a BATCH stream
   */
  public record Settings(
      Duration hypothesisInterval, Duration liveBackstop, Duration batchBackstop) {}

  GrpcRecognition(Fleet<AsrLink> fleet, UsualCosts costs, Ticker ticker, Settings settings) {
    this.fleet = fleet;
    this.costs = costs;
    this.ticker = ticker;
    this.settings = settings;
  }

  @Override
  public RecognitionStream open(ClipRequest request, Context trace, RecognitionListener listener) {
    String version = request.modelVersion();
    Optional<AsrLink> chosen =
        fleet.choose(replica -> replica.versions().contains(version), request.avoid());
    if (chosen.isEmpty()) {
      listener.onLost(new BackendFailure(absence(version)));
      return NoRecognition.INSTANCE;
    }
    TranscribeCall call = new TranscribeCall(chosen.get(), costs.of(version), listener);
    Duration backstop =
        request.trafficClass() == TrafficClass.LIVE
            ? settings.liveBackstop()
            : settings.batchBackstop();
    var stub =
        AsrServiceGrpc.newStub(call.channel)
            .withDeadlineAfter(backstop.toMillis(), TimeUnit.MILLISECONDS);
    try (Scope ignored = trace.makeCurrent()) {
      call.open(() -> stub.transcribe(call));
    }
    call.send(
        TranscribeRequest.newBuilder()
            .setConfig(AsrMessages.config(request, settings.hypothesisInterval()))
            .build());
    return call;
  }

  /** A version is unknown when replicas answer and none, answering or not, has it. */
  private Reason absence(String version) {
    boolean answering = false;
    for (AsrLink link : fleet.members()) {
      Replica replica = link.replica();
      if (replica.versions().contains(version)) {
        return Reason.BACKEND_UNAVAILABLE;
      }
      answering |= link.known();
    }
    return answering ? Reason.MODEL_NOT_FOUND : Reason.BACKEND_UNAVAILABLE;
  }

  private final class TranscribeCall extends BackendCall<TranscribeRequest, TranscribeResponse>
      implements RecognitionStream, OpenStream {
    private final AsrLink link;
    private final RecognitionListener listener;
    private final ManagedChannel channel;
    private final PendingCosts.Entry pending;
    private final StreamPace pace = new StreamPace();

    TranscribeCall(AsrLink link, double cores, RecognitionListener listener) {
      this.link = link;
      this.listener = listener;
      this.channel = link.connections().next();
      this.pending = link.replica().opened(this, cores);
    }

    @Override
    void received(TranscribeResponse response) {
      switch (response.getResponseCase()) {
        case PROGRESS -> {
          long processed = response.getProgress().getProcessedSamples();
          decoded(processed);
          listener.onProgress(processed);
        }
        case HYPOTHESIS -> {
          decoded(response.getHypothesis().getProcessedSamples());
          listener.onHypothesis(AsrMessages.hypothesis(response.getHypothesis()));
        }
        case FINAL_RESULT -> answered(response.getFinalResult());
        // A kind of message that is newer than this build.
        case RESPONSE_NOT_SET -> next();
      }
    }

    private void decoded(long processedSamples) {
      pace.decoded(processedSamples, ticker.nanos()).ifPresent(link.replica()::progressed);
    }

    private void answered(FinalResult message) {
      long now = ticker.nanos();
      FinalHypothesis answer = AsrMessages.answer(message, now);
      pace.answered(now).ifPresent(link.replica()::answered);
      if (answer.complete()) {
        costs.finished(
            answer.modelVersion(),
            answer.statistics().realTimeFactor(),
            Audio16k.duration(answer.processedSamples()));
      }
      listener.onFinal(answer);
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

    @Override
    public boolean isReady() {
      return writable();
    }

    @Override
    public void audio(ByteString samples) {
      pace.sent(samples.size() / Audio16k.BYTES_PER_SAMPLE, ticker.nanos());
      send(TranscribeRequest.newBuilder().setAudio(samples).build());
    }

    @Override
    public void finish(Optional<Duration> within) {
      Finish.Builder finish = Finish.newBuilder();
      within.ifPresent(limit -> finish.setFinishWithin(SpeechMessages.duration(limit)));
      pace.finishing(ticker.nanos());
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

    @Override
    public long progressDue(long nowNanos) {
      return pace.progressDue(nowNanos);
    }

    @Override
    public long finalDue(long nowNanos) {
      return pace.finalDue(nowNanos);
    }

    @Override
    public void slow() {
      if (listener.maySwitch()) {
        oust();
      }
    }
  }
}
