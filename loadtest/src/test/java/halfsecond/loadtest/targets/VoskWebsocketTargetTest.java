// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The protocol against a scripted server. */
final class VoskWebsocketTargetTest {
  private static final ByteString CHUNK = ByteString.copyFrom(new byte[3_200]);

  private static VoskWebsocketTarget target(String address) {
    return new VoskWebsocketTarget("vosk-websocket", "vosk-server", address);
  }

  @Test
  void joinsTheTextsOfAQueryIntoOneFinal() {
    try (ScriptedWebsocket server =
            new ScriptedWebsocket(
                "{\"partial\" : \"turn\"}",
                "{\"partial\" : \"turn\"}",
                "{\"text\" : \"turn left\"}",
                "{\"partial\" : \"at\"}",
                "{\"text\" : \"at the bridge\"}");
        VoskWebsocketTarget target = target(server.address())) {
      Heard heard = new Heard();
      QueryStream query = target.open(heard);
      for (int i = 0; i < 4; i++) {
        query.audio(CHUNK);
      }
      query.finish();
      query.audio(CHUNK);

      assertThat(heard.end()).isEqualTo("closed");
      assertThat(heard.answers)
          .extracting(FinalAnswer::text)
          .containsExactly("turn left at the bridge");
      assertThat(heard.partials).containsExactly("turn", "at");
      assertThat(server.received)
          .containsExactly(
              "{\"config\" : {\"sample_rate\" : 16000}}",
              "3200",
              "3200",
              "3200",
              "3200",
              "{\"eof\" : 1}");
    }
  }

  @Test
  void waitsForTheReplyToEofWhenRepliesAreLate() {
    // The text of an utterance in the middle comes after eof was sent, and is not the answer.
    try (ScriptedWebsocket server =
            new ScriptedWebsocket("{\"text\" : \"first\"}", "{\"text\" : \"\"}");
        VoskWebsocketTarget target = target(server.address())) {
      Heard heard = new Heard();
      QueryStream query = target.open(heard);
      query.audio(CHUNK);
      query.finish();

      assertThat(heard.end()).isEqualTo("closed");
      assertThat(heard.answers).extracting(FinalAnswer::text).containsExactly("first");
    }
  }

  @Test
  void takesWhatThereIsFromAServerThatHangsUpInsteadOfReplyingToEach() {
    try (ScriptedWebsocket server =
            new ScriptedWebsocket("", "{\"text\" : \"stop\"}", "", "close");
        VoskWebsocketTarget target = target(server.address())) {
      Heard heard = new Heard();
      QueryStream query = target.open(heard);
      query.audio(CHUNK);
      query.audio(CHUNK);
      query.audio(CHUNK);
      query.finish();

      assertThat(heard.end()).isEqualTo("closed");
      assertThat(heard.answers).extracting(FinalAnswer::text).containsExactly("stop");
    }
  }

  @Test
  void namesTheCloseCodeOfABrokenQuery() {
    try (ScriptedWebsocket server = new ScriptedWebsocket("close");
        VoskWebsocketTarget target = target(server.address())) {
      Heard heard = new Heard();
      target.open(heard).audio(CHUNK);

      assertThat(heard.end()).isEqualTo("CLOSE_1011");
    }
  }

  @Test
  void failsAQueryWithoutAServerAndOneThatIsAnsweredInAnotherLanguage() {
    try (ScriptedWebsocket server = new ScriptedWebsocket("hello");
        VoskWebsocketTarget target = target(server.address());
        VoskWebsocketTarget nobody = target("ws://127.0.0.1:1")) {
      Heard strange = new Heard();
      target.open(strange).audio(CHUNK);
      Heard alone = new Heard();
      nobody.open(alone).audio(CHUNK);

      assertThat(strange.end()).isEqualTo("NOT_JSON");
      assertThat(alone.end()).isEqualTo("CONNECT_FAILED");
    }
  }

  @Test
  void reportsNothingAfterItWasCancelled() {
    try (ScriptedWebsocket server = new ScriptedWebsocket("{\"partial\" : \"\"}");
        VoskWebsocketTarget target = target(server.address())) {
      Heard heard = new Heard();
      QueryStream query = target.open(heard);
      query.audio(CHUNK);
      await("the real server to hear the audio")
          .atMost(Duration.ofSeconds(30))
          .until(() -> server.received.contains("3200"));
      query.cancel();

      Heard next = new Heard();
      target.open(next).audio(CHUNK);
      await("the next query to be heard")
          .atMost(Duration.ofSeconds(30))
          .until(() -> server.received.size() == 4);
      assertThat(heard.ends).isEmpty();
    }
  }

  @Test
  void refusesOtherAddresses() {
    for (String address : new String[] {"127.0.0.1:2700", "http://127.0.0.1:1", "ws://here"}) {
      assertThatThrownBy(() -> target(address))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("ws://host:port");
    }
  }
}
