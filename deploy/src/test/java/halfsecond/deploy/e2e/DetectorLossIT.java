// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Durations;
import com.typesafe.config.ConfigFactory;
import halfsecond.asr.v1.Alternative;
import halfsecond.asr.v1.AsrServiceGrpc;
import halfsecond.asr.v1.Completeness;
import halfsecond.asr.v1.FinalResult;
import halfsecond.asr.v1.ListModelsRequest;
import halfsecond.asr.v1.ListModelsResponse;
import halfsecond.asr.v1.Model;
import halfsecond.asr.v1.TranscribeRequest;
import halfsecond.asr.v1.TranscribeResponse;
import halfsecond.asr.v1.WatchLoadRequest;
import halfsecond.asr.v1.WatchLoadResponse;
import halfsecond.common.concurrent.NamedThreads;
import halfsecond.common.lifecycle.Closer;
import halfsecond.common.rpc.ChannelConfig;
import halfsecond.common.rpc.GrpcChannels;
import halfsecond.common.rpc.GrpcServer;
import halfsecond.common.rpc.GrpcServers;
import halfsecond.common.rpc.Preset;
import halfsecond.common.rpc.ServerConfig;
import halfsecond.common.telemetry.Telemetry;
import halfsecond.router.RouterConfig;
import halfsecond.router.RouterServer;
import halfsecond.speech.v1.RecognitionConfig;
import halfsecond.speech.v1.SpeechServiceGrpc;
import halfsecond.speech.v1.StreamingRecognitionConfig;
import halfsecond.speech.v1.StreamingRecognitionResult;
import halfsecond.speech.v1.StreamingRecognizeRequest;
import halfsecond.speech.v1.StreamingRecognizeResponse;
import halfsecond.speech.v1.TrafficClass;
import halfsecond.testing.RecordedSpeech;
import halfsecond.vad.VadConfig;
import halfsecond.vad.VadServer;
import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The real detector and recorded speech: the same clips are cut, to the sample, whether or not the
 * detector is lost in between, also when it has long forgotten how the session began. Recognition
 * says how much audio it got and which.
 */
class DetectorLossIT {
  private static final int CHUNK = 640;

  private final Closer closer = new Closer();

  @AfterEach
  void close() {
    closer.close();
  }

  @Test
  void makesTheSameClipsAsWithoutALoss() throws Exception {
    VadServer vad =
        closer.register(
            VadServer.start(
                VadConfig.load(config("halfsecond.vad.server.port = 0")), Telemetry.noop()));
    CuttingProxy proxy = new CuttingProxy(vad.port());
    closer.register(
        () -> {
          try {
            proxy.close();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    ManagedChannel router = router(proxy.port());
    byte[] speech = speech();

    List<Span> undisturbed = new ArrayList<>();
    // The router turns sessions away until it has heard from recognition.
    await("a session that is taken")
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> undisturbed.addAll(clips(router, speech, proxy, List.of())));
    List<Span> disturbed = clips(router, speech, proxy, List.of(0.3, 0.55, 0.8));

    assertThat(undisturbed).hasSizeGreaterThanOrEqualTo(10);
    assertThat(disturbed).isEqualTo(undisturbed);
  }

  /** Where one clip lies in the client's audio, and what recognition made of it. */
  private record Span(long startMillis, long endMillis, long speechEndMillis, String transcript) {}

  private static com.typesafe.config.Config config(String hocon) {
    return ConfigFactory.parseString(hocon).withFallback(ConfigFactory.load()).resolve();
  }

  /** Sentences and cards with silence between them: more than the memory of a detector. */
  private static byte[] speech() {
    ByteArrayOutputStream audio = new ByteArrayOutputStream();
    RecordedSpeech.clips()
        .forEach(
            clip -> {
              audio.writeBytes(clip.bytes());
              audio.writeBytes(new byte[32_000]);
            });
    return audio.toByteArray();
  }

  private ManagedChannel router(int vadPort) {
    ExecutorService pool = NamedThreads.fixed("detector-loss", 4);
    closer.register(pool::shutdownNow);
    ScheduledExecutorService timer = NamedThreads.timer("detector-loss-load");
    closer.register(timer::shutdownNow);
    GrpcServer asr =
        closer.register(
            GrpcServers.builder(ServerConfig.loopback(), Preset.INNER, Telemetry.noop(), pool)
                .service(new Witness(timer))
                .start());
    RouterServer router =
        closer.register(
            RouterServer.start(
                RouterConfig.load(
                    config(
                        """
                        halfsecond.router {
                          server.port = 0
                          monitor.enabled = false
                          vad.target = "127.0.0.1:%d"
                          asr.target = "127.0.0.1:%d"
                          replay.hang-after = 10 s
                        }
                        """
                            .formatted(vadPort, asr.port()))),
                Telemetry.noop()));
    ManagedChannel channel =
        GrpcChannels.open(ChannelConfig.loopback(router.port()), Telemetry.noop(), pool);
    closer.register(GrpcChannels.closing(channel, Duration.ofSeconds(1)));
    return channel;
  }

  /** Streams the speech and cuts the detector off at these fractions; what each clip was. */
  private static List<Span> clips(
      ManagedChannel router, byte[] speech, CuttingProxy proxy, List<Double> cuts) {
    Answers answers = new Answers();
    ClientCallStreamObserver<StreamingRecognizeRequest> requests =
        (ClientCallStreamObserver<StreamingRecognizeRequest>)
            SpeechServiceGrpc.newStub(router).streamingRecognize(answers);
    requests.onNext(
        StreamingRecognizeRequest.newBuilder()
            .setStreamingConfig(
                StreamingRecognitionConfig.newBuilder()
                    .setConfig(
                        RecognitionConfig.newBuilder()
                            .setEncoding(RecognitionConfig.AudioEncoding.AUDIO_ENCODING_LINEAR16)
                            .setSampleRateHertz(16_000)
                            .setTrafficClass(TrafficClass.TRAFFIC_CLASS_BATCH)))
            .build());
    int from = 0;
    for (double cut : cuts) {
      int to = (int) (speech.length * cut) / CHUNK * CHUNK;
      send(requests, speech, from, to, answers);
      from = to;
      assertThat(proxy.cut()).as("ends of connections to the detector").isPositive();
    }
    send(requests, speech, from, speech.length, answers);
    requests.onCompleted();
    await("the end of the session").atMost(Duration.ofSeconds(60)).until(() -> answers.over);
    assertThat(answers.problems).isEmpty();
    return List.copyOf(answers.clips);
  }

  /** Sends as fast as the router takes it, so that a cut comes while it is busy. */
  private static void send(
      ClientCallStreamObserver<StreamingRecognizeRequest> requests,
      byte[] speech,
      int from,
      int to,
      Answers answers) {
    for (int at = from; at < to; at += CHUNK) {
      await("room for more audio")
          .pollInterval(Duration.ofMillis(1))
          .atMost(Duration.ofSeconds(30))
          .until(() -> answers.over || requests.isReady());
      assertThat(answers.problems).isEmpty();
      byte[] chunk = Arrays.copyOfRange(speech, at, Math.min(to, at + CHUNK));
      requests.onNext(
          StreamingRecognizeRequest.newBuilder().setAudio(ByteString.copyFrom(chunk)).build());
    }
  }

  private static final class Answers implements StreamObserver<StreamingRecognizeResponse> {
    private final Queue<Span> clips = new ConcurrentLinkedQueue<>();
    private final Queue<String> problems = new ConcurrentLinkedQueue<>();
    private volatile boolean over;

    @Override
    public void onNext(StreamingRecognizeResponse response) {
      if (response.hasRejected()) {
        problems.add(response.getRejected().toString());
      }
      StreamingRecognitionResult result = response.getResult();
      if (result.getIsFinal()) {
        long start = Durations.toMillis(result.getResultStartOffset());
        long end = Durations.toMillis(result.getResultEndOffset());
        String transcript = result.getAlternatives(0).getTranscript();
        if (!transcript.startsWith((end - start) * 32 + " bytes")) {
          problems.add("recognition did not get the whole clip once");
        }
        long speechEnd = Durations.toMillis(result.getLatency().getSpeechEndOffset());
        clips.add(new Span(start, end, speechEnd, transcript));
      }
    }

    @Override
    public void onError(Throwable thrown) {
      problems.add(thrown.toString());
      over = true;
    }

    @Override
    public void onCompleted() {
      over = true;
    }
  }

  /** Recognition whose text is the length of the clip and a checksum of it. */
  private static final class Witness extends AsrServiceGrpc.AsrServiceImplBase {
    private static final String VERSION = "en-small@1";

    private final ScheduledExecutorService timer;

    Witness(ScheduledExecutorService timer) {
      this.timer = timer;
    }

    @Override
    public void listModels(ListModelsRequest request, StreamObserver<ListModelsResponse> response) {
      response.onNext(
          ListModelsResponse.newBuilder()
              .addModels(
                  Model.newBuilder()
                      .setModelVersion(VERSION)
                      .setLanguageCode("en-US")
                      .setState(Model.State.STATE_LOADED))
              .build());
      response.onCompleted();
    }

    @Override
    public void watchLoad(WatchLoadRequest request, StreamObserver<WatchLoadResponse> responses) {
      ServerCallStreamObserver<WatchLoadResponse> watcher =
          (ServerCallStreamObserver<WatchLoadResponse>) responses;
      // On one thread, as an observer wants it; the server's end cancels the call.
      ScheduledFuture<?> reports =
          timer.scheduleAtFixedRate(
              () -> {
                if (!watcher.isCancelled()) {
                  watcher.onNext(
                      WatchLoadResponse.newBuilder().addLoadedModelVersions(VERSION).build());
                }
              },
              0,
              100,
              TimeUnit.MILLISECONDS);
      watcher.setOnCancelHandler(() -> reports.cancel(false));
    }

    @Override
    public StreamObserver<TranscribeRequest> transcribe(
        StreamObserver<TranscribeResponse> responses) {
      return new StreamObserver<>() {
        private final CRC32 checksum = new CRC32();
        private int bytes;
        private int attempt;

        @Override
        public void onNext(TranscribeRequest request) {
          if (request.hasConfig()) {
            attempt = request.getConfig().getAttempt();
          }
          bytes += request.getAudio().size();
          checksum.update(request.getAudio().asReadOnlyByteBuffer());
        }

        @Override
        public void onCompleted() {
          responses.onNext(
              TranscribeResponse.newBuilder()
                  .setFinalResult(
                      FinalResult.newBuilder()
                          .addAlternatives(
                              Alternative.newBuilder()
                                  .setTranscript(
                                      bytes + " bytes " + Long.toHexString(checksum.getValue())))
                          .setCompleteness(Completeness.COMPLETENESS_COMPLETE)
                          .setAttempt(attempt)
                          .setModelVersion(VERSION)
                          .setProcessedSamples(bytes / 2))
                  .build());
          responses.onCompleted();
        }

        @Override
        public void onError(Throwable gone) {}
      };
    }
  }
}
