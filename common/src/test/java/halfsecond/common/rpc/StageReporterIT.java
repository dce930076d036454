// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import halfsecond.common.config.Loopback;
import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import halfsecond.common.lifecycle.StartException;
import halfsecond.common.lifecycle.StopTiming;
import halfsecond.common.measure.Measurement;
import halfsecond.common.telemetry.Telemetry;
import halfsecond.monitor.v1.MonitorServiceGrpc.MonitorServiceImplBase;
import halfsecond.monitor.v1.ReportStageRequest;
import halfsecond.monitor.v1.ReportStageResponse;
import halfsecond.monitor.v1.StageSample;
import halfsecond.speech.v1.SpeechServiceGrpc;
import halfsecond.speech.v1.StreamingRecognizeRequest;
import halfsecond.speech.v1.StreamingRecognizeResponse;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A real server that reports about itself to a real server. */
@Timeout(60)
class StageReporterIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Takes what is reported. */
  private static final class Monitor extends MonitorServiceImplBase {
    final Queue<String> instances = new ConcurrentLinkedQueue<>();
    final Queue<StageSample> samples = new ConcurrentLinkedQueue<>();
    volatile boolean answers = true;

    @Override
    public StreamObserver<ReportStageRequest> reportStage(
        StreamObserver<ReportStageResponse> responses) {
      return new StreamObserver<>() {
        @Override
        public void onNext(ReportStageRequest request) {
          if (request.hasConfig()) {
            instances.add(request.getConfig().getInstance());
          } else if (answers) {
            samples.addAll(request.getBatch().getSamplesList());
            responses.onNext(
                ReportStageResponse.newBuilder()
                    .setAcknowledgedSequence(request.getBatch().getSequence())
                    .build());
          }
        }

        @Override
        public void onError(Throwable gone) {}

        @Override
        public void onCompleted() {
          responses.onCompleted();
        }
      };
    }

    List<StageSample> of(String metric) {
      return samples.stream().filter(sample -> sample.getMetric().equals(metric)).toList();
    }

    double sum(String metric) {
      return of(metric).stream().mapToDouble(StageSample::getIncrement).sum();
    }

    void awaitSample(String metric, Predicate<StageSample> such) {
      await(metric).atMost(PATIENCE).until(() -> of(metric).stream().anyMatch(such));
    }
  }

  private final Monitor monitor = new Monitor();

  @Test
  void tellsHowAServiceIs() throws Exception {
    try (GrpcServer sink = monitor(0);
        Hop hop = new Hop(Preset.INNER, refusing())) {
      reporter(sink.port(), "").report("vad", hop.server, StageReporterIT::own);
      StreamObserver<StreamingRecognizeRequest> open =
          SpeechServiceGrpc.newStub(hop.channel).streamingRecognize(ignoring());
      for (int i = 0; i < 3; i++) {
        assertThatExceptionOfType(StatusRuntimeException.class)
            .isThrownBy(() -> hop.stub().recognize(TestSpeech.request(1)));
      }

      monitor.awaitSample("vad.open_streams", sample -> sample.getReading() == 1);
      await().atMost(PATIENCE).until(() -> monitor.sum("vad.refused") == 3);
      open.onCompleted();
      monitor.samples.clear();
      monitor.awaitSample("vad.open_streams", sample -> sample.getReading() == 0);

      assertThat(monitor.instances).hasSize(1).allMatch(name -> name.startsWith("vad:"));
      assertThat(monitor.of("vad.cpu")).isNotEmpty().allMatch(it -> it.getReading() >= 0);
      assertThat(monitor.of("vad.memory")).isNotEmpty().allMatch(it -> it.getReading() > 1e6);
      assertThat(monitor.of("own.level")).isNotEmpty().allMatch(it -> it.getReading() == 7);
    }
  }

  @Test
  void startsWithoutAMonitorAndReportsWhenItComes() throws Exception {
    int port = freePort();
    try (Hop hop = new Hop(Preset.INNER, refusing())) {
      reporter(port, "vad-0").report("vad", hop.server, StageReporterIT::own);
      assertThatExceptionOfType(StatusRuntimeException.class)
          .isThrownBy(() -> hop.stub().recognize(TestSpeech.request(1)));

      try (GrpcServer sink = monitor(port)) {
        monitor.awaitSample("own.level", sample -> true);
        assertThat(monitor.sum("vad.refused")).as("also what happened before").isEqualTo(1);
        assertThat(sink.calls().openStreams()).isEqualTo(1);
      }
      monitor.samples.clear();
      try (GrpcServer again = monitor(port)) {
        monitor.awaitSample("own.level", sample -> true);
        assertThat(monitor.sum("vad.refused")).as("told before").isZero();
        assertThat(again.calls().openStreams()).isEqualTo(1);
      }
      assertThat(monitor.instances).containsOnly("vad-0");
    }
  }

  @Test
  void stopsAtOnceThoughTheMonitorDoesNotAnswer() {
    monitor.answers = false;
    try (GrpcServer sink = monitor(0)) {
      long begin;
      try (Hop hop = new Hop(Preset.INNER, refusing())) {
        reporter(sink.port(), "vad-0").report("vad", hop.server, StageReporterIT::own);
        await().atMost(PATIENCE).until(() -> !monitor.instances.isEmpty());
        begin = System.nanoTime();
      }
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
      await("the stream's end").atMost(PATIENCE).until(() -> sink.calls().openStreams() == 0);
    }
  }

  @Test
  void saysWhichFilesCannotBeRead() {
    ChannelConfig secured =
        new ChannelConfig(
            "monitor",
            7603,
            new TlsFiles(Path.of("none.pem"), Path.of("none.key"), Path.of("none.ca")));

    assertThatExceptionOfType(StartException.class)
        .isThrownBy(
            () ->
                new StageReporter(
                    new ReportConfig(secured, "", Duration.ofSeconds(1)), Telemetry.noop()))
        .withMessageContaining("none.pem");
  }

  private GrpcServer monitor(int port) {
    // Its streams are cut, as those of a monitor that dies are.
    StopTiming atOnce = new StopTiming(Duration.ZERO, Duration.ofMillis(100));
    return GrpcServers.builder(
            new ServerConfig(Loopback.ADDRESS, port, null, atOnce), Preset.INNER, Telemetry.noop())
        .service(monitor)
        .start();
  }

  private static StageReporter reporter(int port, String instance) {
    return new StageReporter(
        new ReportConfig(ChannelConfig.loopback(port), instance, Duration.ofSeconds(1)),
        Telemetry.noop());
  }

  private static List<Measurement> own() {
    return List.of(new Measurement.Level("own.level", 7));
  }

  private static TestSpeech refusing() {
    return new TestSpeech(
        answer -> answer.onError(new SpeechException(Reason.SATURATED, "too many")));
  }

  private static StreamObserver<StreamingRecognizeResponse> ignoring() {
    return new StreamObserver<>() {
      @Override
      public void onNext(StreamingRecognizeResponse response) {}

      @Override
      public void onError(Throwable thrown) {}

      @Override
      public void onCompleted() {}
    };
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
