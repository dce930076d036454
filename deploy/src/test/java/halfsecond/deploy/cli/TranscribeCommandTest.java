// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.util.Durations;
import halfsecond.deploy.client.ScriptedSpeech;
import halfsecond.deploy.install.Distribution;
import halfsecond.deploy.install.Home;
import halfsecond.deploy.view.Screen;
import halfsecond.speech.v1.Finality;
import halfsecond.speech.v1.SpeechRecognitionAlternative;
import halfsecond.speech.v1.StreamingRecognizeResponse;
import halfsecond.speech.v1.WordInfo;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TranscribeCommandTest {

  @TempDir Path folder;
  private final Screen screen = Screen.pipe();
  private @Nullable Server server;

  @AfterEach
  void stop() {
    if (server != null) {
      server.shutdownNow();
    }
  }

  private int run(ScriptedSpeech speech, String... args) throws Exception {
    server =
        Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
            .addService(speech)
            .build()
            .start();
    return transcribe(server.getPort(), args);
  }

  private int transcribe(int port, String... args) {
    List<String> line =
        new ArrayList<>(List.of("transcribe", "--raw", "--server", "127.0.0.1:" + port));
    line.addAll(List.of(args));
    return CommandRunner.run(
        new CommandContext(
            screen.terminal(), new Home(folder.resolve("home")), new Distribution(folder)),
        line.toArray(String[]::new));
  }

  private static ScriptedSpeech twoUtterances() {
    return new ScriptedSpeech(
        (session, responses) -> {
          responses.onNext(answer("turn on the lights", 0.9f, 0));
          responses.onNext(
              ScriptedSpeech.finalOf("", 1_500, 1_900, Finality.FINALITY_END_OF_SPEECH));
          responses.onNext(answer("close", 0.4f, 2_000));
        });
  }

  private static StreamingRecognizeResponse answer(String text, float confidence, long startMs) {
    StreamingRecognizeResponse.Builder answer =
        ScriptedSpeech.finalOf(text, startMs, startMs + 900, Finality.FINALITY_END_OF_SPEECH)
            .toBuilder();
    answer
        .getResultBuilder()
        .setModelVersion("en-small@2")
        .setAlternatives(
            0,
            SpeechRecognitionAlternative.newBuilder()
                .setTranscript(text)
                .setConfidence(confidence)
                .addWords(
                    WordInfo.newBuilder()
                        .setWord(text)
                        .setStartOffset(Durations.fromMillis(startMs + 100))
                        .setEndOffset(Durations.fromMillis(startMs + 300))));
    return answer.build();
  }

  @Test
  void printsTheTextOfOneFile() throws Exception {
    assertThat(run(twoUtterances(), raw("a.raw"))).isZero();

    assertThat(screen.out()).isEqualTo("turn on the lights close\n");
    assertThat(screen.err()).isEmpty();
  }

  @Test
  void namesTheFilesWhenThereAreSeveral() throws Exception {
    String a = raw("a.raw");
    String b = raw("b.raw");

    assertThat(run(twoUtterances(), a, b)).isZero();

    assertThat(screen.out().lines())
        .containsExactly(a + ": turn on the lights close", b + ": turn on the lights close");
  }

  @Test
  void writesOneJsonObjectALine() throws Exception {
    String file = raw("a.raw");

    assertThat(run(twoUtterances(), "--json", file)).isZero();

    assertThat(screen.out().lines()).hasSize(1);
    JsonNode line = new ObjectMapper().readTree(screen.out());
    assertThat(line.get("file").asText()).isEqualTo(file);
    assertThat(line.get("transcript").asText()).isEqualTo("turn on the lights close");
    assertThat(line.get("confidence").asDouble()).isEqualTo(0.8);
    assertThat(line.get("words")).hasSize(2);
    assertThat(line.at("/words/1/word").asText()).isEqualTo("close");
    assertThat(line.at("/words/1/start").asDouble()).isEqualTo(2.1);
    assertThat(line.get("utterances")).hasSize(3);
    assertThat(line.at("/utterances/2/model_version").asText()).isEqualTo("en-small@2");
    assertThat(line.at("/latency/audio_ms").asLong()).isEqualTo(1_000);
    assertThat(line.at("/latency/took_ms").isIntegralNumber()).isTrue();
  }

  @Test
  void turnsARefusalOfTheServerIntoAnExitCode() throws Exception {
    ScriptedSpeech full =
        twoUtterances().refusingWith(Status.RESOURCE_EXHAUSTED.withDescription("full"));

    assertThat(run(full, raw("a.raw"))).isEqualTo(ExitCode.UNAVAILABLE);

    assertThat(screen.err()).contains("a.raw", "RESOURCE_EXHAUSTED", "full");
  }

  @Test
  void saysThatNoServerIsThere() throws Exception {
    assertThat(transcribe(1, raw("a.raw"))).isEqualTo(ExitCode.UNAVAILABLE);

    assertThat(screen.err()).contains("UNAVAILABLE");
  }

  private String raw(String name) throws Exception {
    return Files.write(folder.resolve(name), new byte[32_000]).toString();
  }
}
