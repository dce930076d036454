// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.record;

import org.jspecify.annotations.Nullable;

/** What was heard; null where it is not known. */
public record Clip(
    @Nullable ClipLength length,
    @Nullable ClipStatistics statistics,
    @Nullable AudioDelivery delivery) {}
