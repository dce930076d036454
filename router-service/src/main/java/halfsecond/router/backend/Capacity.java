// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.backend;

import java.time.Duration;

/**
 * What the replicas that take streams say about their load, together.
 *
 * @param coresUsed cores that are busy
 * @param cores that there are; 0 when nobody says
 * @param backlog audio that waits
 * @param reportedNanos when the oldest of their reports arrived
 */
public record Capacity(double coresUsed, double cores, Duration backlog, long reportedNanos) {}
