// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.capacity;

import java.time.Instant;

/**
 * What all replicas of recognition have together.
 *
 * @param from the beginning of a minute, from which this holds until something else does
 * @param total 0 or more; 0 means not known
 */
public record Cores(Instant from, double total) {}
