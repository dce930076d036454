// SPDX-License-Identifier: Apache-2.0
package halfsecond.testing;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.common.audio.Levels;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordedSpeechTest {
  @Test
  void findsTenClipsOfSpeechWithTheirWords() {
    List<Clip> clips = RecordedSpeech.clips();

    assertThat(clips).hasSize(10).doesNotHaveDuplicates();
    assertThat(clips)
        .allSatisfy(
            clip -> {
              Levels levels = new Levels();
              levels.add(clip.samples());
              assertThat(levels.rmsDbfs()).isBetween(-45.0, -5.0);
              assertThat(clip.duration()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(10));
              assertThat(clip.transcript()).matches("[a-z']+( [a-z']+)+");
            });
    assertThat(clips)
        .extracting(Clip::transcript)
        .contains("he was not an ill disposed young man", "ten of clubs");
  }

  @Test
  void handsOutCopies() {
    Clip clip = RecordedSpeech.cards().get(0);
    clip.samples()[0] = Short.MAX_VALUE;
    clip.bytes()[0] = Byte.MAX_VALUE;

    assertThat(clip.samples()).isEqualTo(RecordedSpeech.cards().get(0).samples());
  }

  @Test
  void normalisesMarksAndPunctuation() {
    assertThat(RecordedSpeech.normalise("<s> Don't, STOP - now!  </s> "))
        .isEqualTo("don't stop now");
  }
}
