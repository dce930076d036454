// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.audio;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.ByteString;
import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;

final class WavFuzzTest {
  /** Any bytes are either audio that can be decoded to its end, or refused as invalid. */
  @FuzzTest
  void parsesOrRefuses(byte[] bytes) {
    ByteString file = ByteString.copyFrom(bytes);
    WavFile wav;
    try {
      wav = WavFile.parse(file);
    } catch (SpeechException e) {
      assertThat(e.reason()).isEqualTo(Reason.AUDIO_INVALID);
      return;
    }

    assertThat(WavFile.startsWav(file)).isTrue();
    assertThat(wav.audio().size()).isLessThan(file.size());
    AudioDecoder decoder = new AudioDecoder(wav.format());
    decoder.decode(wav.audio());
    decoder.finish();
    long expected = decoder.timeline().innerSampleOf(decoder.clientSamples());
    assertThat(decoder.samples()).isEqualTo(expected);
  }
}
