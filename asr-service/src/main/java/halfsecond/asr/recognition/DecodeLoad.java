// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

import java.time.Duration;

/**
 * How busy the decode threads are.
 *
 * @param activeClips clips in progress, those included that were answered and are decoded to the
 *     end for the record
 * @param coresUsed sum of the real-time factors of the clips in progress, each over the last second
 *     of its audio; a clip too young to tell counts as usual. Measured in processor time: that a
 *     processor is busy with something else shows in the backlog
 * @param cores cores that decoding may use
 * @param backlog audio received and not yet decoded, over all clips, the blocks in the engine
 *     included
 */
public record DecodeLoad(int activeClips, double coresUsed, double cores, Duration backlog) {}
