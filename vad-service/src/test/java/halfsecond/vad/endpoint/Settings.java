// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad.endpoint;

import java.time.Duration;

/** Settings of tests, in milliseconds: the shipped defaults unless said otherwise. */
record Settings(
    int mode,
    int frame,
    int onset,
    int onsetWindow,
    int minSpeech,
    int preRoll,
    int hangover,
    int trailingPadding,
    int maxUtterance) {
  static final Settings DEFAULT = new Settings(3, 20, 60, 100, 100, 200, 200, 160, 30_000);

  EndpointingSettings build() {
    return new EndpointingSettings(
        mode,
        Duration.ofMillis(frame),
        Duration.ofMillis(onset),
        Duration.ofMillis(onsetWindow),
        Duration.ofMillis(minSpeech),
        Duration.ofMillis(preRoll),
        Duration.ofMillis(hangover),
        Duration.ofMillis(trailingPadding),
        Duration.ofMillis(maxUtterance));
  }

  Settings withFrame(int millis) {
    return new Settings(
        mode,
        millis,
        onset,
        onsetWindow,
        minSpeech,
        preRoll,
        hangover,
        trailingPadding,
        maxUtterance);
  }

  Settings withOnset(int voiced, int window) {
    return new Settings(
        mode, frame, voiced, window, minSpeech, preRoll, hangover, trailingPadding, maxUtterance);
  }

  Settings withMinSpeech(int millis) {
    return new Settings(
        mode, frame, onset, onsetWindow, millis, preRoll, hangover, trailingPadding, maxUtterance);
  }

  Settings withPreRoll(int millis) {
    return new Settings(
        mode,
        frame,
        onset,
        onsetWindow,
        minSpeech,
        millis,
        hangover,
        trailingPadding,
        maxUtterance);
  }

  Settings withSilence(int hangoverMillis, int paddingMillis) {
    return new Settings(
        mode,
        frame,
        onset,
        onsetWindow,
        minSpeech,
        preRoll,
        hangoverMillis,
        paddingMillis,
        maxUtterance);
  }

  Settings withMaxUtterance(int millis) {
    return new Settings(
        mode, frame, onset, onsetWindow, minSpeech, preRoll, hangover, trailingPadding, millis);
  }
}
