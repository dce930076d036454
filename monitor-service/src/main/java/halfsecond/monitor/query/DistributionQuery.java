// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.query;

import halfsecond.monitor.catalogue.Metric;
import halfsecond.monitor.reference.StoredReference;
import halfsecond.monitor.window.TimeSpan;
import halfsecond.monitor.window.Who;
import org.jspecify.annotations.Nullable;

/**
 * A question about the distribution of a metric.
 *
 * @param metric of kind {@code DISTRIBUTION}
 * @param bins 1 to 200
 * @param reference to set beside it; null for the same hours of the days before
 */
public record DistributionQuery(
    Metric metric, TimeSpan span, Who who, int bins, @Nullable StoredReference reference) {}
