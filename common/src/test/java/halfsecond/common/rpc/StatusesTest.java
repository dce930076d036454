// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StatusesTest {
  @ParameterizedTest
  @EnumSource
  void carriesEveryReasonThereAndBack(Reason reason) {
    StatusRuntimeException sent = Statuses.toException(new SpeechException(reason, "why"));

    assertThat(sent.getStatus().getCode()).isEqualTo(Statuses.codeOf(reason));
    assertThat(Statuses.reasonOf(sent)).contains(reason);
    assertThat(Statuses.toRefusal(sent).reason()).isEqualTo(reason);
  }

  @Test
  void carriesMetadataAndDelayThereAndBack() {
    SpeechException refusal =
        new SpeechException(Reason.SATURATED, "too many", Map.of("limit", "16"))
            .withRetryAfter(Duration.ofMillis(1500));

    SpeechException received = Statuses.toRefusal(Statuses.toException(refusal));

    assertThat(received).hasMessage("too many");
    assertThat(received.metadata()).containsOnly(Map.entry("limit", "16"));
    assertThat(received.retryAfter()).contains(Duration.ofMillis(1500));
  }

  @Test
  void tellsSaturatedCallersToWaitASecondUnlessToldOtherwise() throws Exception {
    com.google.rpc.Status status =
        Statuses.toProto(new SpeechException(Reason.SATURATED, "too many"));

    Any retry =
        status.getDetailsList().stream()
            .filter(d -> d.is(RetryInfo.class))
            .findFirst()
            .orElseThrow();
    assertThat(retry.unpack(RetryInfo.class).getRetryDelay().getSeconds()).isEqualTo(1);
    assertThat(Statuses.reasonOf(status)).contains(Reason.SATURATED);
  }

  @Test
  void findsTheRefusalBehindOtherExceptions() {
    SpeechException refusal = new SpeechException(Reason.MODEL_NOT_FOUND, "no such model");

    StatusRuntimeException sent =
        Statuses.toException(
            Status.UNKNOWN.withCause(new CompletionException(refusal)).asRuntimeException());

    assertThat(Statuses.reasonOf(sent)).contains(Reason.MODEL_NOT_FOUND);
    assertThat(sent.getStatus().getDescription()).isEqualTo("no such model");
  }

  @Test
  void passesOnWhatAnotherServerSaid() {
    StatusRuntimeException received =
        Statuses.toException(new SpeechException(Reason.PHRASES_INVALID, "too long"));

    assertThat(Statuses.toProto(new CompletionException(received)))
        .isEqualTo(Statuses.toProto(received));
  }

  @Test
  void hidesBugsBehindAnIncident() {
    StatusRuntimeException sent =
        Statuses.toException(new IllegalStateException("expected by the test: secret words"));

    assertThat(sent.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(sent.getStatus().getDescription()).isEqualTo("internal error");
    assertThat(sent).hasMessageNotContaining("secret");
    assertThat(Statuses.toRefusal(sent).metadata()).containsOnlyKeys(Statuses.INCIDENT);
  }

  @Test
  void hidesTheTextOfAnInternalRefusalToo() {
    StatusRuntimeException sent =
        Statuses.toException(
            new SpeechException(Reason.INTERNAL, "expected by the test: secret words"));

    assertThat(sent.getStatus().getDescription()).isEqualTo("internal error");
    assertThat(Statuses.toRefusal(sent).metadata()).containsOnlyKeys(Statuses.INCIDENT);
  }

  @ParameterizedTest
  @EnumSource(
      names = {"OK"},
      mode = EnumSource.Mode.EXCLUDE)
  void neverLeavesABareStatusNorItsText(Status.Code code) {
    StatusRuntimeException sent =
        Statuses.toException(code.toStatus().withDescription("secret text").asRuntimeException());

    assertThat(Statuses.reasonOf(sent)).isPresent();
    assertThat(sent.getStatus().getDescription()).doesNotContain("secret");
  }

  @Test
  void readsALostConnectionAsAnUnreachableBackend() {
    StatusRuntimeException lost =
        Status.UNAVAILABLE.withDescription("io exception").asRuntimeException();

    assertThat(Statuses.reasonOf(lost)).isEmpty();
    assertThat(Statuses.toRefusal(lost).reason()).isEqualTo(Reason.BACKEND_UNAVAILABLE);
  }

  @Test
  void doesNotReadReasonsOfOtherDomains() {
    com.google.rpc.Status foreign =
        com.google.rpc.Status.newBuilder()
            .addDetails(
                Any.pack(
                    ErrorInfo.newBuilder().setDomain("elsewhere").setReason("SATURATED").build()))
            .build();

    assertThat(Statuses.reasonOf(foreign)).isEqualTo(Optional.empty());
  }
}
