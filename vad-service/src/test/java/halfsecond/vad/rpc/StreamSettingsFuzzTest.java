// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.InvalidProtocolBufferException;
import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import halfsecond.vad.v1.DetectConfig;

class StreamSettingsFuzzTest {
  /** Whatever the first message holds, it is refused with a reason or safe for native code. */
  @FuzzTest
  void refusesOrAccepts(byte[] message) {
    try {
      StreamSettings settings =
          StreamSettings.of(DetectConfig.parseFrom(message), InProcessVad.DEFAULTS);
      assertThat(settings.sampleRateHertz()).isIn(8000, 16000, 32000, 48000);
      assertThat(settings.startSample()).isNotNegative();
      assertThat(settings.endpointing().frameMillis()).isIn(10, 20, 30);
      assertThat(settings.endpointing().aggressiveness()).isBetween(0, 3);
    } catch (SpeechException e) {
      assertThat(e.reason()).isIn(Reason.FIELD_INVALID, Reason.AUDIO_INVALID);
    } catch (InvalidProtocolBufferException e) {
      assertThat(e).hasMessageNotContaining("halfsecond");
    }
  }
}
