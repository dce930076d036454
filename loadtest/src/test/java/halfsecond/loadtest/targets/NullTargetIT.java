// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.typesafe.config.ConfigFactory;
import halfsecond.asr.v1.AsrServiceGrpc;
import halfsecond.asr.v1.WatchLoadRequest;
import halfsecond.asr.v1.WatchLoadResponse;
import halfsecond.common.telemetry.Telemetry;
import halfsecond.router.RouterConfig;
import halfsecond.router.RouterServer;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A real router in front of recognition that costs nothing, and the same without the router. */
final class NullTargetIT {
  private final TargetOptions options = TargetOptions.defaults();

  @Test
  void answersThroughARouter() throws Exception {
    try (OpenTarget open = TargetRegistry.open("null", options, new InProcess())) {
      assertThat(open.target().name()).isEqualTo("null");
      assertThat(open.target().serverFindsEnd()).isFalse();
      for (int i = 0; i < 3; i++) {
        Heard heard = speak(open.target());

        assertThat(heard.end()).isEqualTo("closed");
        assertThat(heard.answers).hasSize(1);
        FinalAnswer answer = heard.answers.get(0);
        assertThat(answer.text()).isEqualTo(NullRecognition.WORD);
        assertThat(answer.attempts()).isEqualTo(1);
        assertThat(answer.finality()).isEqualTo("CLIENT_FINALIZE");
        assertThat(answer.stages())
            .extracting(FinalAnswer.StageTime::stage)
            .containsExactly("vad", "route", "asr", "deliver");
      }
      assertThat(open.target().facts())
          .containsEntry("model", NullRecognition.MODEL)
          .containsEntry("endpointing", "client, by markers");
    }
  }

  @Test
  void answersWithoutARouter() throws Exception {
    try (OpenTarget open =
        TargetRegistry.open("null-direct", options, new NoServers(Path.of("none")))) {
      Heard heard = speak(open.target());

      assertThat(heard.end()).isEqualTo("closed");
      assertThat(heard.answers).extracting(FinalAnswer::text).containsExactly(NullRecognition.WORD);
      assertThat(open.processes().get()).isEmpty();
    }
  }

  @Test
  void goesOnReportingItsLoadSinceRoutersForgetWhoIsSilent() {
    try (NullRecognition recognition = NullRecognition.start()) {
      ManagedChannel channel =
          Grpc.newChannelBuilder(recognition.address(), InsecureChannelCredentials.create())
              .build();
      try {
        Iterator<WatchLoadResponse> reports =
            AsrServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(10, TimeUnit.SECONDS)
                .watchLoad(WatchLoadRequest.getDefaultInstance());
        for (int i = 0; i < 3; i++) {
          assertThat(reports.next().getLoadedModelVersionsList())
              .containsExactly(NullRecognition.MODEL);
        }
      } finally {
        channel.shutdownNow();
      }
    }
  }

  @Test
  void stopsRecognitionWhenThereIsNoRouter() {
    Servers broken =
        new Servers() {
          @Override
          public Path models() {
            throw new AssertionError("no models are needed");
          }

          @Override
          public Running suite(Map<String, String> settings) {
            throw new AssertionError("no suite is needed");
          }

          @Override
          public Running router(String asrTarget, Map<String, String> settings) throws IOException {
            throw new IOException("no router");
          }
        };

    assertThatThrownBy(() -> TargetRegistry.open("null", options, broken)).hasMessage("no router");
    assertThat(
            Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("null-load")))
        .isEmpty();
  }

  private static Heard speak(Target target) {
    Heard heard = new Heard();
    QueryStream query = target.open(heard);
    for (int i = 0; i < 10; i++) {
      query.audio(ByteString.copyFrom(new byte[3_200]));
    }
    query.finish();
    return heard;
  }

  /** A router in this process; nothing listens where detection would be. */
  private static final class InProcess implements Servers {
    @Override
    public Path models() {
      throw new AssertionError("no models are needed");
    }

    @Override
    public Running suite(Map<String, String> settings) {
      throw new AssertionError("no suite is needed");
    }

    @Override
    public Running router(String asrTarget, Map<String, String> settings) {
      String config =
          """
          halfsecond.router {
            server { port = 0, drain.grace = 1 s }
            vad.target = "127.0.0.1:1"
            asr.target = "%s"
            monitor.target = "127.0.0.1:1"
          }
          """
              .formatted(asrTarget);
      RouterServer router =
          RouterServer.start(
              RouterConfig.load(
                  ConfigFactory.parseString(config).withFallback(ConfigFactory.load()).resolve()),
              Telemetry.noop());
      return new Running() {
        @Override
        public String router() {
          return "127.0.0.1:" + router.port();
        }

        @Override
        public Map<String, Long> processes() {
          return Map.of("router", ProcessHandle.current().pid());
        }

        @Override
        public void close() {
          router.close();
        }
      };
    }
  }
}
