// SPDX-License-Identifier: Apache-2.0

/** What the monitor measures about itself. */
@NullMarked
package halfsecond.monitor.telemetry;

import org.jspecify.annotations.NullMarked;
