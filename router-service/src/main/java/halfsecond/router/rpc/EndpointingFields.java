// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.rpc;

import halfsecond.router.session.EndpointingOptions;
import halfsecond.speech.v1.EndpointingConfig;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * The settings of the detector: from a client's message, checked, and into the detector's message.
 */
final class EndpointingFields {
  private EndpointingFields() {}

  static EndpointingOptions read(EndpointingConfig message) {
    Duration zero = Duration.ZERO;
    if (message.hasAggressiveness()) {
      Fields.range("endpointing.aggressiveness", message.getAggressiveness(), 0, 3);
    }
    return new EndpointingOptions(
        message.hasAggressiveness()
            ? OptionalInt.of(message.getAggressiveness())
            : OptionalInt.empty(),
        Fields.duration(
            "endpointing.onset", message.hasOnset(), message.getOnset(), ms(10), ms(500)),
        Fields.duration(
            "endpointing.onset_window",
            message.hasOnsetWindow(),
            message.getOnsetWindow(),
            ms(10),
            ms(1000)),
        Fields.duration(
            "endpointing.min_speech",
            message.hasMinSpeech(),
            message.getMinSpeech(),
            zero,
            ms(1000)),
        Fields.duration(
            "endpointing.pre_roll", message.hasPreRoll(), message.getPreRoll(), zero, ms(1000)),
        Fields.duration(
            "endpointing.hangover",
            message.hasHangover(),
            message.getHangover(),
            ms(100),
            ms(2000)),
        Fields.duration(
            "endpointing.trailing_padding",
            message.hasTrailingPadding(),
            message.getTrailingPadding(),
            zero,
            ms(2000)),
        Fields.duration(
            "endpointing.max_utterance",
            message.hasMaxUtterance(),
            message.getMaxUtterance(),
            ms(1000),
            ms(30_000)));
  }

  static halfsecond.vad.v1.EndpointingConfig write(EndpointingOptions options) {
    halfsecond.vad.v1.EndpointingConfig.Builder message =
        halfsecond.vad.v1.EndpointingConfig.newBuilder();
    options.aggressiveness().ifPresent(message::setAggressiveness);
    options.onset().ifPresent(d -> message.setOnset(SpeechMessages.duration(d)));
    options.onsetWindow().ifPresent(d -> message.setOnsetWindow(SpeechMessages.duration(d)));
    options.minSpeech().ifPresent(d -> message.setMinSpeech(SpeechMessages.duration(d)));
    options.preRoll().ifPresent(d -> message.setPreRoll(SpeechMessages.duration(d)));
    options.hangover().ifPresent(d -> message.setHangover(SpeechMessages.duration(d)));
    options
        .trailingPadding()
        .ifPresent(d -> message.setTrailingPadding(SpeechMessages.duration(d)));
    options.maxUtterance().ifPresent(d -> message.setMaxUtterance(SpeechMessages.duration(d)));
    return message.build();
  }

  private static Duration ms(long millis) {
    return Duration.ofMillis(millis);
  }
}
