// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad.endpoint;

import halfsecond.common.audio.Levels;

/**
 * One judged frame.
 *
 * @param start its first sample that no earlier clip has taken
 * @param end the sample after its last
 * @param voiced whether it holds speech
 * @param levels of {@code [start, end)}
 * @param pitchHertz fundamental frequency, or NaN where unvoiced or not periodic
 * @param centroidHertz spectral centroid, or NaN where unvoiced
 */
record Frame(
    long start, long end, boolean voiced, Levels levels, double pitchHertz, double centroidHertz) {

  static Frame unvoiced(long start, long end, Levels levels) {
    return new Frame(start, end, false, levels, Double.NaN, Double.NaN);
  }
}
