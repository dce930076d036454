// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpeechExceptionTest {
  @Test
  void paysForAStackTraceOnlyWhenItIsABug() {
    assertThat(new SpeechException(Reason.SATURATED, "full").getStackTrace()).isEmpty();
    assertThat(new SpeechException(Reason.INTERNAL, "bug").getStackTrace()).isNotEmpty();
  }

  @Test
  void namesTheFieldAndItsLimit() {
    SpeechException refusal =
        SpeechException.fieldInvalid("sample_rate_hertz", "between 8000 and 48000");

    assertThat(refusal.reason()).isEqualTo(Reason.FIELD_INVALID);
    assertThat(refusal).hasMessage("sample_rate_hertz must be between 8000 and 48000");
    assertThat(refusal.metadata())
        .containsOnly(
            Map.entry("field", "sample_rate_hertz"), Map.entry("limit", "between 8000 and 48000"));
  }

  @Test
  void keepsEverythingWhenADelayIsAdded() {
    RuntimeException cause = new RuntimeException();
    SpeechException refusal =
        new SpeechException(Reason.SATURATED, "full", cause).withRetryAfter(Duration.ofMillis(250));

    assertThat(refusal.retryAfter()).contains(Duration.ofMillis(250));
    assertThat(refusal).hasMessage("full").hasCause(cause);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> refusal.withRetryAfter(Duration.ofMillis(-1)));
  }

  @Test
  void doesNotChangeWithTheMapItWasGiven() {
    Map<String, String> metadata = new HashMap<>(Map.of("model", "en-small@1"));
    SpeechException refusal = new SpeechException(Reason.MODEL_NOT_FOUND, "unknown", metadata);
    metadata.clear();

    assertThat(refusal.metadata()).containsEntry("model", "en-small@1");
  }
}
