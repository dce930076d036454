// SPDX-License-Identifier: Apache-2.0
package halfsecond.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.Durations;
import com.google.rpc.Code;
import com.google.rpc.RetryInfo;
import halfsecond.asr.v1.Load;
import halfsecond.router.backend.RouterFixture;
import halfsecond.router.backend.ScriptedVad.Speech;
import halfsecond.router.backend.TestClient;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What clients see of a router whose recognition says that it has no more room. */
final class AdmissionIT {
  private static final Load IDLE = Load.newBuilder().setCores(2).build();
  private static final Load FULL = IDLE.toBuilder().setCoresUsed(1.9).build();

  private final RouterFixture fixture = new RouterFixture();

  @BeforeEach
  void start() {
    fixture.vad.speech = List.of(Speech.millis(500, 1500), Speech.millis(2000, 2600));
    fixture.asr.load = IDLE;
    fixture.start("");
    waitFor("room", this::opens);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void refusesNewSessionsAtTheDoorUntilThereIsRoom() throws Exception {
    fixture.asr.load = FULL;
    waitFor("no room", () -> !opens());

    TestClient refused = TestClient.open(fixture.channel(), TestClient.plain().build());
    assertThat(refused.status()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(refused.reason()).isEqualTo("SATURATED");
    assertThat(refused.responses).isEmpty();

    fixture.asr.load = IDLE;
    waitFor("room again", this::opens);
  }

  @Test
  void refusesAnUtteranceInTheStreamAndTakesTheNextOne() throws Exception {
    TestClient client = TestClient.open(fixture.channel(), TestClient.plain().build());
    waitFor("the session to be accepted", () -> !client.responses.isEmpty());
    fixture.asr.load = FULL;
    waitFor("no room", () -> !opens());

    client.audio(1800);
    waitFor("the refusal", () -> !client.rejections().isEmpty());

    com.google.rpc.Status status = client.rejections().get(0).getStatus();
    assertThat(status.getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED_VALUE);
    assertThat(TestClient.reasonOf(status)).isEqualTo("SATURATED");
    assertThat(Durations.toMillis(retryInfo(status).getRetryDelay())).isBetween(200L, 5_000L);
    assertThat(fixture.asr.opened).as("clips that reached recognition").hasValue(0);

    fixture.asr.load = IDLE;
    waitFor("room again", this::opens);
    client.audio(1200).halfClose();

    assertThat(client.status()).isEqualTo(Status.Code.OK);
    assertThat(client.rejections()).hasSize(1);
    assertThat(client.transcripts()).containsExactly("clip of 16000 samples");
  }

  @Test
  void sparesWhatIsBeingSpoken() throws Exception {
    TestClient client = TestClient.open(fixture.channel(), TestClient.plain().build()).audio(1000);
    waitFor("the clip to be opened", () -> fixture.asr.opened.get() == 1);
    fixture.asr.load = FULL;
    waitFor("no room", () -> !opens());

    client.audio(800);
    waitFor("the final", () -> !client.finals().isEmpty());
    client.halfClose();

    assertThat(client.status()).isEqualTo(Status.Code.OK);
    assertThat(client.rejections()).isEmpty();
    assertThat(client.transcripts()).containsExactly("clip of 22400 samples");
  }

  /** Whether a session is let in. */
  private boolean opens() throws Exception {
    TestClient probe = TestClient.open(fixture.channel(), TestClient.plain().build());
    waitFor("an answer at the door", () -> probe.over() || !probe.responses.isEmpty());
    if (probe.over()) {
      assertThat(probe.status()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
      return false;
    }
    probe.halfClose();
    assertThat(probe.status()).isEqualTo(Status.Code.OK);
    return true;
  }

  private static void waitFor(String what, Callable<Boolean> condition) {
    soon().alias(what).until(condition);
  }

  private static ConditionFactory soon() {
    return await().atMost(TestClient.patience()).pollInterval(Duration.ofMillis(5));
  }

  private static RetryInfo retryInfo(com.google.rpc.Status status)
      throws InvalidProtocolBufferException {
    for (Any detail : status.getDetailsList()) {
      if (detail.is(RetryInfo.class)) {
        return detail.unpack(RetryInfo.class);
      }
    }
    throw new AssertionError("no time to try again");
  }
}
