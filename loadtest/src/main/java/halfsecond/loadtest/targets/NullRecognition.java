// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.targets;

import halfsecond.asr.v1.Alternative;
import halfsecond.asr.v1.AsrServiceGrpc;
import halfsecond.asr.v1.Completeness;
import halfsecond.asr.v1.DecodeStatistics;
import halfsecond.asr.v1.FinalResult;
import halfsecond.asr.v1.Hypothesis;
import halfsecond.asr.v1.ListModelsRequest;
import halfsecond.asr.v1.ListModelsResponse;
import halfsecond.asr.v1.Load;
import halfsecond.asr.v1.Model;
import halfsecond.asr.v1.Progress;
import halfsecond.asr.v1.TranscribeConfig;
import halfsecond.asr.v1.TranscribeRequest;
import halfsecond.asr.v1.TranscribeResponse;
import halfsecond.asr.v1.WatchLoadRequest;
import halfsecond.asr.v1.WatchLoadResponse;
import halfsecond.common.concurrent.NamedThreads;
import halfsecond.common.rpc.GrpcServer;
import halfsecond.common.rpc.GrpcServers;
import halfsecond.common.rpc.Preset;
import halfsecond.common.rpc.ServerConfig;
import halfsecond.common.telemetry.Telemetry;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Recognition that costs nothing: acknowledges all audio at once and hears the word {@value #WORD}
 * in every clip. In front of it, what is measured is everything but recognition. Listens on the
 * loopback interface, in this process.
 */
final class NullRecognition extends AsrServiceGrpc.AsrServiceImplBase implements AutoCloseable {
  static final String MODEL = "en-small@1";
  static final String WORD = "yes";

  private static final Load IDLE =
      Load.newBuilder().setCores(Runtime.getRuntime().availableProcessors()).build();

  private static final long REPORT_MILLIS = 100;

  private final ScheduledExecutorService timer = NamedThreads.timer("null-load");
  private final GrpcServer server;

  private NullRecognition() {
    server =
        GrpcServers.builder(ServerConfig.loopback(), Preset.INNER, Telemetry.noop())
            .service(this)
            .start();
  }

  /** Serves on a free port. */
  static NullRecognition start() {
    return new NullRecognition();
  }

  String address() {
    return "127.0.0.1:" + server.port();
  }

  @Override
  public void close() {
    timer.shutdownNow();
    server.close();
  }

  @Override
  public StreamObserver<TranscribeRequest> transcribe(
      StreamObserver<TranscribeResponse> responses) {
    return new Clip((ServerCallStreamObserver<TranscribeResponse>) responses);
  }

  @Override
  public void listModels(ListModelsRequest request, StreamObserver<ListModelsResponse> response) {
    response.onNext(
        ListModelsResponse.newBuilder()
            .addModels(
                Model.newBuilder()
                    .setModelVersion(MODEL)
                    .setLanguageCode("en-US")
                    .setState(Model.State.STATE_LOADED))
            .build());
    response.onCompleted();
  }

  /** The load never changes, but a report is also the sign of life that routers wait for. */
  @Override
  public void watchLoad(WatchLoadRequest request, StreamObserver<WatchLoadResponse> peer) {
    ServerCallStreamObserver<WatchLoadResponse> responses =
        (ServerCallStreamObserver<WatchLoadResponse>) peer;
    ScheduledFuture<?> reports =
        timer.scheduleAtFixedRate(() -> report(responses), 0, REPORT_MILLIS, TimeUnit.MILLISECONDS);
    responses.setOnCancelHandler(() -> reports.cancel(false));
  }

  private static void report(ServerCallStreamObserver<WatchLoadResponse> responses) {
    if (!responses.isCancelled()) {
      responses.onNext(
          WatchLoadResponse.newBuilder().setLoad(IDLE).addLoadedModelVersions(MODEL).build());
    }
  }

  private static final class Clip implements StreamObserver<TranscribeRequest> {
    private final ServerCallStreamObserver<TranscribeResponse> responses;
    private TranscribeConfig config = TranscribeConfig.getDefaultInstance();
    private long samples;
    private boolean over;

    Clip(ServerCallStreamObserver<TranscribeResponse> responses) {
      this.responses = responses;
      // A clip that is given up needs no clearing; the handler keeps onNext from throwing.
      responses.setOnCancelHandler(() -> {});
    }

    @Override
    public void onNext(TranscribeRequest request) {
      switch (request.getRequestCase()) {
        case CONFIG -> config = request.getConfig();
        case AUDIO -> hear(request.getAudio().size() / 2);
        case FINISH -> answer();
        case REQUEST_NOT_SET -> {}
      }
    }

    @Override
    public void onError(Throwable gone) {}

    @Override
    public void onCompleted() {
      answer();
    }

    private void hear(int more) {
      boolean first = samples == 0;
      samples += more;
      if (first) {
        responses.onNext(
            TranscribeResponse.newBuilder()
                .setHypothesis(
                    Hypothesis.newBuilder().setTranscript(WORD).setProcessedSamples(samples))
                .build());
      }
      responses.onNext(
          TranscribeResponse.newBuilder()
              .setProgress(Progress.newBuilder().setProcessedSamples(samples).setLoad(IDLE))
              .build());
    }

    private void answer() {
      if (over) {
        return;
      }
      over = true;
      responses.onNext(
          TranscribeResponse.newBuilder()
              .setFinalResult(
                  FinalResult.newBuilder()
                      .addAlternatives(
                          Alternative.newBuilder().setTranscript(WORD).setConfidence(1))
                      .setCompleteness(Completeness.COMPLETENESS_COMPLETE)
                      .setAttempt(config.getAttempt())
                      .setModelVersion(config.getModelVersion())
                      .setProcessedSamples(samples)
                      .setStatistics(DecodeStatistics.getDefaultInstance()))
              .build());
      responses.onCompleted();
    }
  }
}
