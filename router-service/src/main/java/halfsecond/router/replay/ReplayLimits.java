// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.replay;

import java.time.Duration;

/**
 * When an utterance is replayed and how long that may take.
 *
 * @param finalWithin longest time from the later of the end of speech and the first loss to the
 *     final of a replayed utterance
 * @param hangAfter silence of a backend that owes something, after which it counts as hung
 * @param quarantine how long the fingerprint of audio is kept that was lost with two backends
 */
public record ReplayLimits(Duration finalWithin, Duration hangAfter, Duration quarantine) {}
