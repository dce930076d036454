// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import halfsecond.loadtest.targets.FinalAnswer.StageTime;
import halfsecond.loadtest.targets.HalfsecondTarget.Endpointing;
import halfsecond.loadtest.targets.TargetOptions.Urgency;
import halfsecond.speech.v1.EndpointingMode;
import halfsecond.speech.v1.SpeechMarker;
import halfsecond.speech.v1.StreamingRecognitionConfig;
import halfsecond.speech.v1.StreamingRecognizeRequest;
import halfsecond.speech.v1.TrafficClass;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The target against a scripted server with the real door's limits. */
final class HalfsecondTargetTest {
  private final ScriptedSpeech server = new ScriptedSpeech();
  private final TargetOptions options = TargetOptions.defaults().at(server.address());

  @AfterEach
  void stop() {
    server.close();
  }

  private HalfsecondTarget target() {
    return new HalfsecondTarget("halfsecond", Endpointing.SERVER, options);
  }

  private static ConditionFactory soon() {
    return await("the real server to hear of it")
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(5));
  }

  /** What the real router says when it is busy. */
  @Test
  void knowsARefusalBeforeTheFirstOne() {
    assertThat(GrpcQuery.warmUp()).isTrue();
  }

  @Test
  void tellsInterimResultsAndTheFinalWithItsStages() {
    try (HalfsecondTarget target = target()) {
      Heard heard = new Heard();
      QueryStream query = target.open(heard);
      query.audio(chunk(20));
      query.audio(chunk(20));
      query.finish();

      assertThat(heard.end()).isEqualTo("closed");
      assertThat(heard.partials).containsExactly("turn");
      assertThat(heard.answers)
          .containsExactly(
              new FinalAnswer(
                  "turn left",
                  "DEADLINE",
                  2,
                  List.of(
                      new StageTime("vad", Duration.ofMillis(210)),
                      new StageTime("route", Duration.ofMillis(2)),
                      new StageTime("asr", Duration.ofMillis(38)),
                      new StageTime("deliver", Duration.ofMillis(1)))));
      assertThat(target.facts()).containsEntry("model", "en-small@2");
      assertThat(target.serverFindsEnd()).isTrue();
    }
  }

  @Test
  void sendsTheConfigOnceAndTheAudioAsItIs() throws Exception {
    TargetOptions batch =
        new TargetOptions(
            options.address(),
            1,
            Optional.of(false),
            Urgency.BATCH,
            Optional.of("en-small@1"),
            Duration.ofMillis(100),
            Map.of());
    try (HalfsecondTarget target = new HalfsecondTarget("halfsecond", Endpointing.SERVER, batch)) {
      Heard heard = new Heard();
      QueryStream query = target.open(heard);
      // Lengths whose prefixes have one, two and three bytes.
      ByteString all = ByteString.EMPTY;
      for (int bytes : new int[] {2, 126, 128, 640, 3_200, 16_384, 40_000}) {
        ByteString audio = numbered(bytes);
        all = all.concat(audio);
        query.audio(audio);
      }
      query.finish();

      assertThat(heard.end()).isEqualTo("closed");
      StreamingRecognitionConfig config = server.requests.get(0).getStreamingConfig();
      assertThat(config.getInterimResults()).isFalse();
      assertThat(config.getConfig().getModel()).isEqualTo("en-small@1");
      assertThat(config.getConfig().getSampleRateHertz()).isEqualTo(16_000);
      assertThat(config.getConfig().getTrafficClass()).isEqualTo(TrafficClass.TRAFFIC_CLASS_BATCH);
      assertThat(server.requests.stream().filter(StreamingRecognizeRequest::hasAudio)).hasSize(7);
      assertThat(server.audio()).isEqualTo(all);
    }
  }

  @Test
  void marksTheSpeechItselfWhenTheClientFindsTheEnd() {
    try (HalfsecondTarget target = new HalfsecondTarget("null", Endpointing.CLIENT, options)) {
      Heard heard = new Heard();
      QueryStream query = target.open(heard);
      query.audio(chunk(100));
      query.finish();

      assertThat(heard.end()).isEqualTo("closed");
      assertThat(target.serverFindsEnd()).isFalse();
      assertThat(server.requests).hasSize(4);
      assertThat(server.requests.get(0).getStreamingConfig().getEndpointingMode())
          .isEqualTo(EndpointingMode.ENDPOINTING_MODE_CLIENT);
      assertThat(server.requests.get(1).getSpeechMarker().getKind())
          .isEqualTo(SpeechMarker.Kind.KIND_SPEECH_START);
      assertThat(server.requests.get(2).hasAudio()).isTrue();
      assertThat(server.requests.get(3).getSpeechMarker().getKind())
          .isEqualTo(SpeechMarker.Kind.KIND_SPEECH_END);
    }
  }

  @Test
  void tellsRefusalsOfSessionsFromThoseOfUtterances() {
    try (HalfsecondTarget target = target()) {
      server.mode = ScriptedSpeech.Mode.REFUSES_THE_SESSION;
      Heard atOpen = new Heard();
      target.open(atOpen);

      assertThat(atOpen.end()).isEqualTo("closed");
      assertThat(atOpen.refusals).containsExactly(new Refusal(true, "RESOURCE_EXHAUSTED", true));

      server.mode = ScriptedSpeech.Mode.REJECTS_THE_UTTERANCE;
      Heard later = new Heard();
      QueryStream query = target.open(later);
      query.audio(chunk(20));
      query.finish();

      assertThat(later.end()).isEqualTo("closed");
      assertThat(later.refusals).containsExactly(new Refusal(false, "RESOURCE_EXHAUSTED", true));
      assertThat(later.answers).isEmpty();
    }
  }

  @Test
  void namesTheStatusAndReasonOfABrokenStream() {
    server.mode = ScriptedSpeech.Mode.BREAKS;
    try (HalfsecondTarget target = target()) {
      Heard heard = new Heard();
      QueryStream query = target.open(heard);
      query.audio(chunk(20));

      assertThat(heard.end()).startsWith("UNAVAILABLE");
      query.audio(chunk(20));
      query.finish();
      query.cancel();
      assertThat(heard.ends).hasSize(1);
    }
  }

  @Test
  void reportsNothingAfterItWasCancelled() {
    server.mode = ScriptedSpeech.Mode.HOLDS;
    try (HalfsecondTarget target = target()) {
      Heard given = new Heard();
      QueryStream query = target.open(given);
      query.audio(chunk(20));
      query.cancel();
      query.audio(chunk(20));
      query.finish();

      server.mode = ScriptedSpeech.Mode.ANSWERS;
      Heard next = new Heard();
      target.open(next).finish();
      assertThat(next.end()).isEqualTo("closed");
      assertThat(given.ends).isEmpty();
    }
  }

  @Test
  void opensConnectionsWhenTheServerTakesNoMoreCallsOnThoseThereAre() {
    server.mode = ScriptedSpeech.Mode.HOLDS;
    try (HalfsecondTarget target = target()) {
      List<QueryStream> queries = new ArrayList<>();
      for (int i = 0; i < 70; i++) {
        queries.add(target.open(new Heard()));
      }

      soon().until(() -> server.opened.get() == 70);
      assertThat(target.facts()).containsEntry("connections", "5");

      queries.forEach(QueryStream::cancel);
      server.mode = ScriptedSpeech.Mode.ANSWERS;
      soon()
          .untilAsserted(
              () -> {
                Heard again = new Heard();
                target.open(again).finish();
                assertThat(again.end()).isEqualTo("closed");
                assertThat(target.facts()).containsEntry("connections", "5");
              });
    }
  }

  @Test
  void failsTheQueryWhenThereIsNoServer() {
    try (HalfsecondTarget target =
        new HalfsecondTarget("halfsecond", Endpointing.SERVER, options.at("127.0.0.1:1"))) {
      Heard heard = new Heard();
      target.open(heard);

      assertThat(heard.end()).startsWith("UNAVAILABLE");
    }
  }

  @Test
  void refusesAddressesItCannotUse() {
    assertThatThrownBy(
            () -> new HalfsecondTarget("x", Endpointing.SERVER, options.at("192.0.2.1:7600")))
        .hasMessageContaining("not on this machine");
    assertThatThrownBy(() -> new HalfsecondTarget("x", Endpointing.SERVER, options.at("nowhere")))
        .hasMessageContaining("host:port");
  }

  private static ByteString chunk(int millis) {
    return numbered(32 * millis);
  }

  private static ByteString numbered(int bytes) {
    byte[] audio = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      audio[i] = (byte) (i * 31 + bytes);
    }
    return ByteString.copyFrom(audio);
  }
}
