// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.result;

/** A distribution in milliseconds; all zero when {@code count} is. */
public record Percentiles(
    long count,
    double mean,
    double p50,
    double p90,
    double p95,
    double p99,
    double p999,
    double max) {}
