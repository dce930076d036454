// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

import java.time.Duration;

/**
 * What bounds the clips in progress.
 *
 * @param maxBacklog audio that may wait for each clip before no more is asked for
 * @param maxLateClips clips that may be decoded to the end after their time to finish ran out
 * @param cores cores that decoding may use; reported, not enforced
 */
public record ClipLimits(Duration maxBacklog, int maxLateClips, double cores) {}
