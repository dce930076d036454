// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad.endpoint;

import java.time.Duration;

/**
 * Endpointing settings at one sample rate. Everything is a whole number of frames, rounded up (the
 * longest clip: down), so that decisions fall on frame borders.
 *
 * @param frame samples in a frame
 * @param onsetFrames voiced frames that make an onset
 * @param windowFrames frames within which they must come
 * @param minSpeech voiced samples before an utterance is announced
 * @param preRoll samples of the clip before the onset
 * @param hangover samples of silence that end an utterance
 * @param trailingPadding samples of the clip after the last voiced frame
 * @param maxClip samples in the longest clip
 */
record FrameCounts(
    int frame,
    int onsetFrames,
    int windowFrames,
    long minSpeech,
    long preRoll,
    long hangover,
    long trailingPadding,
    long maxClip) {

  static FrameCounts of(EndpointingSettings settings, int sampleRateHertz) {
    int frame = sampleRateHertz / 1000 * settings.frameMillis();
    return new FrameCounts(
        frame,
        (int) frames(settings.onset(), settings.frame()),
        (int) frames(settings.onsetWindow(), settings.frame()),
        frame * frames(settings.minSpeech(), settings.frame()),
        frame * frames(settings.preRoll(), settings.frame()),
        frame * frames(settings.hangover(), settings.frame()),
        frame * frames(settings.trailingPadding(), settings.frame()),
        frame * settings.maxUtterance().dividedBy(settings.frame()));
  }

  private static long frames(Duration length, Duration frame) {
    return length.plus(frame).minusNanos(1).dividedBy(frame);
  }
}
