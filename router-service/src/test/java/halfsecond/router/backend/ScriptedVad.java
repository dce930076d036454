// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.backend;

import halfsecond.vad.v1.ClipStatistics;
import halfsecond.vad.v1.DetectRequest;
import halfsecond.vad.v1.DetectResponse;
import halfsecond.vad.v1.EndReason;
import halfsecond.vad.v1.Progress;
import halfsecond.vad.v1.SpeechEnded;
import halfsecond.vad.v1.SpeechStarted;
import halfsecond.vad.v1.VadServiceGrpc;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A detector that finds speech where it was told that speech is, in every session: 200 ms of
 * pre-roll, announced after 100 ms, 200 ms of hangover.
 */
public final class ScriptedVad extends VadServiceGrpc.VadServiceImplBase {
  public static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final int PADDING = 3_200;
  private static final int MIN_SPEECH = 1_600;

  /** Speech in [start, end), in samples at 16 kHz. */
  public record Speech(long start, long end) {
    public static Speech millis(long start, long end) {
      return new Speech(start * 16, end * 16);
    }
  }

  public final AtomicInteger open = new AtomicInteger();
  public final AtomicInteger opened = new AtomicInteger();
  public final AtomicLong received = new AtomicLong();
  public volatile List<Speech> speech = List.of();
  public volatile long diesAt = Long.MAX_VALUE;
  public volatile boolean reads = true;

  @Override
  public StreamObserver<DetectRequest> detect(StreamObserver<DetectResponse> responses) {
    ServerCallStreamObserver<DetectResponse> call =
        (ServerCallStreamObserver<DetectResponse>) responses;
    if (!reads) {
      call.disableAutoRequest();
      call.request(1);
    }
    open.incrementAndGet();
    opened.incrementAndGet();
    call.setOnCloseHandler(open::decrementAndGet);
    call.setOnCancelHandler(open::decrementAndGet);
    return new Stream(call, List.copyOf(speech));
  }

  private final class Stream implements StreamObserver<DetectRequest> {
    private final ServerCallStreamObserver<DetectResponse> call;
    private final List<Speech> script;
    private int index;
    private long head;
    private long clipStart = -1;
    private long previousEnd;

    Stream(ServerCallStreamObserver<DetectResponse> call, List<Speech> script) {
      this.call = call;
      this.script = script;
    }

    @Override
    public void onNext(DetectRequest request) {
      switch (request.getRequestCase()) {
        case AUDIO -> audio(request.getAudio().size() / 2);
        case END_UTTERANCE -> endNow(EndReason.END_REASON_FINALIZE);
        case CONFIG, REQUEST_NOT_SET -> {}
      }
    }

    private void audio(int samples) {
      head += samples;
      received.addAndGet(samples);
      if (head >= diesAt) {
        call.onError(Status.UNAVAILABLE.asRuntimeException());
        return;
      }
      while (index < script.size() && step(script.get(index))) {}
      Progress.Builder progress = Progress.newBuilder().setProcessedSample(head);
      if (clipStart >= 0) {
        progress.setAcknowledgedSample(Math.min(head, script.get(index).end()));
      }
      call.onNext(DetectResponse.newBuilder().setProgress(progress).build());
    }

    /**
     * Announces or ends this stretch of speech if the audio has come so far; true if it was ended.
     */
    private boolean step(Speech next) {
      if (clipStart < 0 && head >= next.start() + MIN_SPEECH) {
        clipStart = Math.max(previousEnd, next.start() - PADDING);
        call.onNext(
            DetectResponse.newBuilder()
                .setSpeechStarted(
                    SpeechStarted.newBuilder()
                        .setUtteranceIndex(index)
                        .setClipStartSample(clipStart)
                        .setSpeechStartSample(next.start())
                        .setAcknowledgedSample(Math.min(head, next.end()))
                        .setTraceParent("00-" + TRACE + "-00f067aa0ba902b7-01"))
                .build());
      }
      if (clipStart >= 0 && head >= next.end() + PADDING) {
        ended(next.end() + PADDING, next.end(), EndReason.END_REASON_END_OF_SPEECH);
        return true;
      }
      return false;
    }

    private void endNow(EndReason reason) {
      if (clipStart >= 0) {
        ended(head, Math.min(head, script.get(index).end()), reason);
      }
    }

    private void ended(long clipEnd, long speechEnd, EndReason reason) {
      call.onNext(
          DetectResponse.newBuilder()
              .setSpeechEnded(
                  SpeechEnded.newBuilder()
                      .setUtteranceIndex(index)
                      .setClipStartSample(clipStart)
                      .setClipEndSample(clipEnd)
                      .setSpeechEndSample(speechEnd)
                      .setDecidedSample(head)
                      .setReason(reason)
                      .setStatistics(ClipStatistics.newBuilder().setSpeechRatio(0.7)))
              .build());
      index++;
      clipStart = -1;
      previousEnd = clipEnd;
    }

    @Override
    public void onError(Throwable ignored) {}

    @Override
    public void onCompleted() {
      if (head < diesAt) {
        endNow(EndReason.END_REASON_STREAM_END);
        call.onCompleted();
      }
    }
  }
}
