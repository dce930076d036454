// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Durations;
import halfsecond.deploy.client.ScriptedSpeech;
import halfsecond.deploy.install.Distribution;
import halfsecond.deploy.install.Home;
import halfsecond.deploy.view.Screen;
import halfsecond.speech.v1.Finality;
import halfsecond.speech.v1.LatencyBreakdown;
import halfsecond.speech.v1.SpeechRecognitionAlternative;
import halfsecond.speech.v1.StreamingRecognitionResult;
import halfsecond.speech.v1.StreamingRecognizeResponse;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamCommandTest {

  @TempDir Path folder;
  private final Screen screen = Screen.pipe();
  private @Nullable Server server;

  @AfterEach
  void stop() {
    if (server != null) {
      server.shutdownNow();
    }
  }

  private int run(ScriptedSpeech speech, int bytes) throws Exception {
    server =
        Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
            .addService(speech)
            .build()
            .start();
    String file = Files.write(folder.resolve("a.raw"), new byte[bytes]).toString();
    return CommandRunner.run(
        new CommandContext(
            screen.terminal(), new Home(folder.resolve("home")), new Distribution(folder)),
        "stream",
        "--raw",
        "--tail",
        "60",
        "--server",
        "127.0.0.1:" + server.getPort(),
        file);
  }

  @Test
  void showsHypothesesTheFinalAndWhereTheTimeWent() throws Exception {
    ScriptedSpeech speech =
        new ScriptedSpeech(
            (session, responses) -> {
              responses.onNext(partial("turn on"));
              responses.onNext(lights());
            });

    assertThat(run(speech, 3_200)).isZero();

    assertThat(speech.sessions)
        .as("100 ms of file and 60 ms of open microphone")
        .extracting(ScriptedSpeech.Session::bytes)
        .containsExactly(3_200L + 1_920L);
    assertThat(screen.out())
        .contains(
            "  ... turn on\n", "  > turn on the lights  [0.0-0.1 s, confidence 0.90, en-small@2]")
        .contains("ms after the end of speech")
        .containsPattern("vad +200 ms +#+")
        .contains("of 500 ms promised (43 %)", "the final's own breakdown, trace 4bf92f35");
    assertThat(screen.err()).isEmpty();
  }

  @Test
  void saysThatNothingWasHeard() throws Exception {
    assertThat(run(new ScriptedSpeech((session, responses) -> {}), 320)).isZero();

    assertThat(screen.out()).contains("No speech was heard");
  }

  @Test
  void refusesWhatIsTooLongForALiveSession() throws Exception {
    int fiveMinutes = 300 * 32_000;

    assertThat(run(new ScriptedSpeech((session, responses) -> {}), fiveMinutes))
        .isEqualTo(ExitCode.BAD_DATA);

    assertThat(screen.err()).contains("300 s", "halfsecond transcribe");
  }

  private static StreamingRecognizeResponse partial(String text) {
    return StreamingRecognizeResponse.newBuilder()
        .setResult(
            StreamingRecognitionResult.newBuilder()
                .addAlternatives(SpeechRecognitionAlternative.newBuilder().setTranscript(text)))
        .build();
  }

  private static StreamingRecognizeResponse lights() {
    StreamingRecognizeResponse.Builder answer =
        ScriptedSpeech.finalOf("turn on the lights", 0, 100, Finality.FINALITY_END_OF_SPEECH)
            .toBuilder();
    answer
        .getResultBuilder()
        .setModelVersion("en-small@2")
        .setLatency(
            LatencyBreakdown.newBuilder()
                .setSpeechEndOffset(Durations.fromMillis(80))
                .setEndpointDecided(Durations.fromMillis(200))
                .setRouted(Durations.fromMillis(201))
                .setDecodeDone(Durations.fromMillis(214))
                .setSent(Durations.fromMillis(215))
                .setBudget(Durations.fromMillis(500))
                .setTraceId("4bf92f3577b34da6a3ce929d0e0e4736"))
        .getAlternativesBuilder(0)
        .setConfidence(0.9f);
    return answer.build();
  }
}
