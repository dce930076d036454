// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.utterance;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * What one clip sounds like, as measured by the detector; levels in dB relative to full scale,
 * ratios 0 to 1.
 */
public record ClipStatistics(
    double speechRatio,
    double meanLevelDbfs,
    double peakLevelDbfs,
    double clippingRatio,
    Duration leadingSilence,
    Duration trailingSilence,
    OptionalDouble signalToNoiseDb,
    OptionalDouble pitchHertz,
    OptionalDouble spectralCentroidHertz) {}
