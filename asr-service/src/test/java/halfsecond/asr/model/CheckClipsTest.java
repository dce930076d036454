// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CheckClipsTest {

  @Test
  void areShortSentencesWithTheirWords() throws Exception {
    assertThat(CheckClips.load())
        .hasSize(8)
        .allSatisfy(
            clip -> {
              assertThat(clip.reference()).matches("[a-z]+( [a-z]+)+");
              // 1 to 3 seconds of 16-bit samples.
              assertThat(clip.audio().remaining()).isBetween(32_000, 96_000).isEven();
              assertThat(clip.audio().isReadOnly()).isTrue();
            });
  }

  @Test
  void everyReaderHasABufferOfItsOwn() throws Exception {
    Clip clip = CheckClips.load().get(0);
    clip.audio().getShort();

    assertThat(clip.audio().position()).isZero();
  }
}
