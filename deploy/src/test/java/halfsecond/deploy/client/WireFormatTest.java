// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import halfsecond.speech.v1.RecognitionConfig.AudioEncoding;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WireFormatTest {

  private static final WireFormat CD =
      new WireFormat(AudioEncoding.AUDIO_ENCODING_LINEAR16, 44_100);

  @Test
  void convertsBetweenBytesAndTimeWithoutDrift() {
    long twoHours = CD.bytesIn(Duration.ofHours(2));

    assertThat(twoHours).isEqualTo(7200L * 44_100 * 2);
    assertThat(CD.durationOf(twoHours)).isEqualTo(Duration.ofHours(2));
  }

  @Test
  void neverCountsHalfASample() {
    assertThat(CD.bytesIn(Duration.ofMillis(10))).isEqualTo(882);
    assertThat(CD.bytesIn(Duration.ofNanos(30_000))).isEqualTo(2);
    assertThat(CD.durationOf(3)).isEqualTo(CD.durationOf(2));
  }

  @Test
  void refusesARateOfZero() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WireFormat(AudioEncoding.AUDIO_ENCODING_ALAW, 0))
        .withMessageContaining("0");
  }
}
