// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.record;

/**
 * How many interim results were sent to the client, and how many were replaced or dropped before
 * that.
 */
public record PartialStatistics(int sent, int dropped) {}
