// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.backend;

import com.google.protobuf.util.Durations;
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
import halfsecond.asr.v1.TranscribeConfig;
import halfsecond.asr.v1.TranscribeRequest;
import halfsecond.asr.v1.TranscribeResponse;
import halfsecond.asr.v1.WatchLoadRequest;
import halfsecond.asr.v1.WatchLoadResponse;
import halfsecond.asr.v1.Word;
import halfsecond.common.concurrent.NamedThreads;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Recognition that hears how long a clip is: "clip of N samples". */
public final class ScriptedAsr extends AsrServiceGrpc.AsrServiceImplBase {
  /** How a clip is treated. */
  public enum Mode {
    ANSWERS,
    /** Two finals, both at once. */
    ANSWERS_TWICE,
    /** Final when {@link #release} is called, newest first. */
    HOLDS,
    /** The stream is lost with the first audio. */
    DIES,
    /** The same, but only for the first stream. */
    DIES_ONCE,
    /** Takes the config and then nothing. */
    NEVER_READS
  }

  private static final ScheduledExecutorService TIMER = NamedThreads.timer("scripted-asr");

  public final AtomicInteger open = new AtomicInteger();
  public final AtomicInteger opened = new AtomicInteger();
  public final AtomicInteger cancelled = new AtomicInteger();
  public final Queue<TranscribeConfig> configs = new ConcurrentLinkedQueue<>();
  public final List<Boolean> limits = new CopyOnWriteArrayList<>();
  public volatile Mode mode = Mode.ANSWERS;

  /** With what the stream is lost. */
  public volatile Status death = Status.UNAVAILABLE;

  public volatile Load load = Load.getDefaultInstance();

  /** Whether load is reported. */
  public volatile boolean reports = true;

  public volatile List<String> models = List.of("en-small@1");
  private final List<Runnable> held = new CopyOnWriteArrayList<>();

  @Override
  public StreamObserver<TranscribeRequest> transcribe(
      StreamObserver<TranscribeResponse> responses) {
    ServerCallStreamObserver<TranscribeResponse> call =
        (ServerCallStreamObserver<TranscribeResponse>) responses;
    Mode now = mode;
    if (now == Mode.NEVER_READS) {
      call.disableAutoRequest();
      call.request(1);
    }
    open.incrementAndGet();
    opened.incrementAndGet();
    call.setOnCloseHandler(open::decrementAndGet);
    call.setOnCancelHandler(
        () -> {
          cancelled.incrementAndGet();
          open.decrementAndGet();
        });
    return new Clip(call, now);
  }

  /** Answers the clips that were held, newest first. */
  public void release() {
    List<Runnable> newestFirst = new ArrayList<>(held);
    java.util.Collections.reverse(newestFirst);
    held.clear();
    newestFirst.forEach(Runnable::run);
  }

  public int held() {
    return held.size();
  }

  @Override
  public void listModels(ListModelsRequest request, StreamObserver<ListModelsResponse> response) {
    ListModelsResponse.Builder list = ListModelsResponse.newBuilder();
    models.forEach(
        version ->
            list.addModels(
                Model.newBuilder()
                    .setModelVersion(version)
                    .setLanguageCode("en-US")
                    .setState(Model.State.STATE_LOADED)));
    response.onNext(list.build());
    response.onCompleted();
  }

  @Override
  public void watchLoad(WatchLoadRequest request, StreamObserver<WatchLoadResponse> responses) {
    ServerCallStreamObserver<WatchLoadResponse> call =
        (ServerCallStreamObserver<WatchLoadResponse>) responses;
    long interval = Durations.toMillis(request.getInterval());
    ScheduledFuture<?> reports =
        TIMER.scheduleAtFixedRate(() -> report(call), 0, interval, TimeUnit.MILLISECONDS);
    call.setOnCancelHandler(() -> reports.cancel(false));
  }

  private void report(ServerCallStreamObserver<WatchLoadResponse> call) {
    if (reports && !call.isCancelled()) {
      call.onNext(
          WatchLoadResponse.newBuilder().setLoad(load).addAllLoadedModelVersions(models).build());
    }
  }

  private final class Clip implements StreamObserver<TranscribeRequest> {
    private final ServerCallStreamObserver<TranscribeResponse> call;
    private final Mode mode;
    private TranscribeConfig config = TranscribeConfig.getDefaultInstance();
    private long samples;
    private boolean over;

    Clip(ServerCallStreamObserver<TranscribeResponse> call, Mode mode) {
      this.call = call;
      this.mode = mode;
    }

    @Override
    public void onNext(TranscribeRequest request) {
      switch (request.getRequestCase()) {
        case CONFIG -> {
          config = request.getConfig();
          configs.add(config);
        }
        case AUDIO -> audio(request.getAudio().size() / 2);
        case FINISH -> {
          limits.add(request.getFinish().hasFinishWithin());
          finish();
        }
        case REQUEST_NOT_SET -> {}
      }
    }

    private void audio(int count) {
      samples += count;
      if ((mode == Mode.DIES || mode == Mode.DIES_ONCE) && !over) {
        over = true;
        ScriptedAsr.this.mode = mode == Mode.DIES ? Mode.DIES : Mode.ANSWERS;
        call.onError(death.asRuntimeException());
      } else if (!over) {
        call.onNext(
            TranscribeResponse.newBuilder()
                .setHypothesis(
                    Hypothesis.newBuilder()
                        .setTranscript("clip of")
                        .setStability(0.5f)
                        .setProcessedSamples(samples))
                .build());
      }
    }

    private void finish() {
      if (mode == Mode.HOLDS) {
        held.add(this::answer);
      } else if (!over) {
        if (mode == Mode.ANSWERS_TWICE) {
          call.onNext(result());
        }
        answer();
      }
    }

    private void answer() {
      if (!call.isCancelled()) {
        call.onNext(result());
        call.onCompleted();
      }
    }

    private TranscribeResponse result() {
      return TranscribeResponse.newBuilder()
          .setFinalResult(
              FinalResult.newBuilder()
                  .addAlternatives(
                      Alternative.newBuilder()
                          .setTranscript("clip of " + samples + " samples")
                          .setConfidence(0.9f)
                          .addWords(
                              Word.newBuilder()
                                  .setWord("clip")
                                  .setStartSample(1_600)
                                  .setEndSample(3_200)))
                  .setCompleteness(Completeness.COMPLETENESS_COMPLETE)
                  .setAttempt(config.getAttempt())
                  .setModelVersion(config.getModelVersion())
                  .setProcessedSamples(samples)
                  .setStatistics(
                      DecodeStatistics.newBuilder()
                          .setFinalizeTime(Durations.fromMillis(3))
                          .setRealTimeFactor(0.03)))
          .build();
    }

    @Override
    public void onError(Throwable ignored) {}

    @Override
    public void onCompleted() {}
  }
}
