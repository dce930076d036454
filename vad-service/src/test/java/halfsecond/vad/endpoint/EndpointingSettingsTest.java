// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EndpointingSettingsTest {
  static Stream<Arguments> refused() {
    Settings ok = Settings.DEFAULT;
    return Stream.of(
        Arguments.of("aggressiveness", mode(-1)),
        Arguments.of("aggressiveness", mode(4)),
        Arguments.of("frame", ok.withFrame(0)),
        Arguments.of("frame", ok.withFrame(15)),
        Arguments.of("frame", ok.withFrame(40)),
        Arguments.of("onset", ok.withOnset(19, 100)),
        Arguments.of("onset", ok.withOnset(501, 1000)),
        Arguments.of("onset_window", ok.withOnset(60, 59)),
        Arguments.of("onset_window", ok.withOnset(60, 1001)),
        Arguments.of("min_speech", ok.withMinSpeech(-1)),
        Arguments.of("min_speech", ok.withMinSpeech(1001)),
        Arguments.of("pre_roll", ok.withPreRoll(-1)),
        Arguments.of("pre_roll", ok.withPreRoll(1001)),
        Arguments.of("hangover", ok.withSilence(99, 0)),
        Arguments.of("hangover", ok.withSilence(2001, 0)),
        Arguments.of("trailing_padding", ok.withSilence(200, -1)),
        Arguments.of("trailing_padding", ok.withSilence(200, 201)),
        Arguments.of("max_utterance", ok.withMaxUtterance(999)),
        Arguments.of("max_utterance", ok.withMaxUtterance(30_001)));
  }

  static Stream<Settings> accepted() {
    Settings ok = Settings.DEFAULT;
    return Stream.of(
        ok,
        mode(0),
        ok.withFrame(10),
        ok.withFrame(30),
        ok.withOnset(20, 20),
        ok.withOnset(500, 1000),
        ok.withMinSpeech(0),
        ok.withMinSpeech(1000),
        ok.withPreRoll(0),
        ok.withPreRoll(1000),
        ok.withSilence(100, 0),
        ok.withSilence(2000, 2000),
        ok.withMaxUtterance(1000));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("refused")
  void refusesWhatIsOutsideOfItsLimits(String field, Settings settings) {
    assertThatExceptionOfType(SpeechException.class)
        .isThrownBy(settings::build)
        .satisfies(
            refusal -> {
              assertThat(refusal.reason()).isEqualTo(Reason.FIELD_INVALID);
              assertThat(refusal.metadata()).containsEntry("field", field).containsKey("limit");
            });
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void acceptsTheLimitsThemselves(Settings settings) {
    assertThat(settings.build().frameMillis()).isEqualTo(settings.frame());
  }

  @Test
  void countsWholeFrames() {
    FrameCounts counts =
        FrameCounts.of(Settings.DEFAULT.withFrame(30).withMaxUtterance(1000).build(), 16000);

    assertThat(counts).isEqualTo(new FrameCounts(480, 2, 4, 1920, 3360, 3360, 2880, 15_840));
  }

  private static Settings mode(int mode) {
    return new Settings(mode, 20, 60, 100, 100, 200, 200, 160, 30_000);
  }
}
