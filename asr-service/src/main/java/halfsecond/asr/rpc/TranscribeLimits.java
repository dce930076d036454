// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.rpc;

import java.time.Duration;

/**
 * What one replica grants its callers.
 *
 * @param maxClips clips in progress; more are refused as saturated
 * @param maxSilence longest time without audio, and until the config
 */
public record TranscribeLimits(int maxClips, Duration maxSilence) {}
