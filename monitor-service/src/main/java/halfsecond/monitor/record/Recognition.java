// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.record;

import org.jspecify.annotations.Nullable;

/** How recognition went; null where it is not known. */
public record Recognition(
    @Nullable DecodeStatistics decode, @Nullable PartialStatistics partials, Attempts attempts) {}
