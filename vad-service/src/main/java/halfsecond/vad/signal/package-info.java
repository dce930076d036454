// SPDX-License-Identifier: Apache-2.0
/**
 * What a stretch of audio sounds like: level, clipping, fundamental frequency and spectral
 * centroid, each a number from which nothing that was said can be reconstructed. It knows frames of
 * samples and nothing of utterances, so that the measurements are tested against signals whose
 * answers are known.
 */
@NullMarked
package halfsecond.vad.signal;

import org.jspecify.annotations.NullMarked;
