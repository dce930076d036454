// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.record;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Measurements over one clip.
 *
 * @param levels how loud it was
 * @param leadingSilence before the first voiced frame
 * @param trailingSilence after the last voiced frame
 * @param speechRatio share of frames that are voiced, 0 to 1
 * @param voice what the voice was like
 */
public record ClipStatistics(
    double speechRatio,
    Levels levels,
    Duration leadingSilence,
    Duration trailingSilence,
    Voice voice) {
  private static final Duration LONGEST = Duration.ofSeconds(60);

  /**
   * How loud a clip was.
   *
   * @param meanDbfs -96 to 0
   * @param peakDbfs -96 to 0
   * @param clippingRatio share of samples at full scale, 0 to 1
   */
  public record Levels(double meanDbfs, double peakDbfs, double clippingRatio) {
    public Levels {
      Limits.between("clip.mean_level_dbfs", meanDbfs, -96, 0);
      Limits.between("clip.peak_level_dbfs", peakDbfs, -96, 0);
      Limits.between("clip.clipping_ratio", clippingRatio, 0, 1);
    }
  }

  /** What the voice was like; null where it is not known. */
  public record Voice(
      @Nullable Double signalToNoiseDb,
      @Nullable Double pitchHertz,
      @Nullable Double spectralCentroidHertz) {
    public Voice {
      Limits.betweenIfSet("clip.signal_to_noise_db", signalToNoiseDb, -120, 120);
      Limits.betweenIfSet("clip.pitch_hertz", pitchHertz, 20, 2_000);
      Limits.betweenIfSet("clip.spectral_centroid_hertz", spectralCentroidHertz, 0, 24_000);
    }
  }

  public ClipStatistics {
    Limits.between("clip.speech_ratio", speechRatio, 0, 1);
    Limits.upTo("clip.leading_silence", leadingSilence, LONGEST);
    Limits.upTo("clip.trailing_silence", trailingSilence, LONGEST);
  }
}
