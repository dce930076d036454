// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.measure;

/**
 * A run so far.
 *
 * @param seconds since its start
 * @param settled queries whose time for an answer within the bound is up
 * @param over those of them that were not answered within it, refused and failed ones included
 * @param broken failed and unanswered
 * @param p99Millis final latency of all answers; 0 without any
 */
public record Standing(
    double seconds,
    long settled,
    long over,
    long answered,
    long refused,
    long broken,
    double p99Millis) {}
