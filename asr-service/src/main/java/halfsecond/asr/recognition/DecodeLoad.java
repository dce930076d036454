// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

import java.time.Duration;

/**
 * How busy the decode threads are.
 *
 * @param coresUsed sum of the measured real-time factors of the clips in progress
 * @param cores number of decode threads
 * @param backlog audio received and not yet decoded, over all clips
 */
public record DecodeLoad(int activeClips, double coresUsed, int cores, Duration backlog) {}
