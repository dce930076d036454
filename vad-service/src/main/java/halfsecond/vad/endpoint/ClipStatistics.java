// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad.endpoint;

import java.util.OptionalDouble;

/**
 * What a clip sounds like.
 *
 * @param speechRatio share of its frames that are voiced, 0 to 1
 * @param meanLevelDbfs root-mean-square level; 0 is a full-scale square wave, -96 the least
 * @param peakLevelDbfs highest absolute sample; 0 is full scale, -96 the least
 * @param clippingRatio share of samples at full scale, 0 to 1
 * @param signalToNoiseDb level of voiced over unvoiced frames of the clip and its surroundings;
 *     empty when there were no unvoiced ones
 * @param pitchHertz median fundamental frequency; empty when too few frames were periodic
 * @param spectralCentroidHertz mean over the voiced frames; empty when there is none to take it
 *     from
 */
public record ClipStatistics(
    double speechRatio,
    double meanLevelDbfs,
    double peakLevelDbfs,
    double clippingRatio,
    OptionalDouble signalToNoiseDb,
    OptionalDouble pitchHertz,
    OptionalDouble spectralCentroidHertz) {}
