// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad.endpoint;

import halfsecond.common.audio.Levels;
import halfsecond.vad.signal.PitchEstimator;
import java.util.OptionalDouble;

/** Measures one clip as its frames are added. */
final class ClipMeter {
  private static final int HERTZ_PER_BIN = 2;
  private static final int BINS = PitchEstimator.HIGHEST_HERTZ / HERTZ_PER_BIN + 1;

  /** Fewer periodic frames than this (100 ms at 20 ms a frame) are chance. */
  private static final int FEWEST_PITCHES = 5;

  private final int[] pitches = new int[BINS];
  private int pitchCount;
  private double centroids;
  private int centroidCount;
  private int frames;
  private int voicedFrames;
  private final Levels clip = new Levels();
  private final Levels voiced = new Levels();
  private final Levels unvoiced = new Levels();

  /** Adds a frame of the clip. */
  void add(Frame frame) {
    frames++;
    clip.add(frame.levels());
    if (frame.voiced()) {
      addVoiced(frame);
    } else {
      addSurrounding(frame);
    }
  }

  /** Adds audio of the clip that was too short to be judged. */
  void addUnjudged(Levels levels) {
    clip.add(levels);
  }

  /** Adds an unvoiced frame beside the clip to what is known of the noise; others are ignored. */
  void addSurrounding(Frame frame) {
    if (!frame.voiced()) {
      unvoiced.add(frame.levels());
    }
  }

  private void addVoiced(Frame frame) {
    voicedFrames++;
    voiced.add(frame.levels());
    if (!Double.isNaN(frame.pitchHertz())) {
      pitches[Math.min(BINS - 1, (int) (frame.pitchHertz() / HERTZ_PER_BIN))]++;
      pitchCount++;
    }
    if (!Double.isNaN(frame.centroidHertz())) {
      centroids += frame.centroidHertz();
      centroidCount++;
    }
  }

  ClipStatistics read() {
    return new ClipStatistics(
        (double) voicedFrames / Math.max(1, frames),
        clip.rmsDbfs(),
        clip.peakDbfs(),
        clip.clippingRatio(),
        unvoiced.samples() == 0
            ? OptionalDouble.empty()
            : OptionalDouble.of(voiced.rmsDbfs() - unvoiced.rmsDbfs()),
        medianPitch(),
        centroidCount == 0 ? OptionalDouble.empty() : OptionalDouble.of(centroids / centroidCount));
  }

  private OptionalDouble medianPitch() {
    if (pitchCount < FEWEST_PITCHES) {
      return OptionalDouble.empty();
    }
    int below = 0;
    int bin = -1;
    while (below * 2 < pitchCount) {
      below += pitches[++bin];
    }
    return OptionalDouble.of((bin + 0.5) * HERTZ_PER_BIN);
  }
}
