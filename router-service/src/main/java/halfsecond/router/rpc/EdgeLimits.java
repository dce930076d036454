// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.rpc;

import java.time.Duration;

/**
 * What a client may send.
 *
 * @param streamedMessageBytes largest message within a stream
 * @param clipBytes most audio in a whole clip
 * @param clipDuration longest whole clip
 * @param configWithin time from the opening of a stream to its config
 * @param defaultBudget final latency of LIVE sessions that do not say
 */
public record EdgeLimits(
    int streamedMessageBytes,
    int clipBytes,
    Duration clipDuration,
    Duration configWithin,
    Duration defaultBudget) {}
