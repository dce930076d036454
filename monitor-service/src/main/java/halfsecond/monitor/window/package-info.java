// SPDX-License-Identifier: Apache-2.0

/**
 * What is remembered: counts and sketches by time, model version and cohort. Memory depends on the
 * limits in the configuration and not on the number of records. What lies beyond a limit is
 * gathered under "other", never lost from the totals.
 */
@NullMarked
package halfsecond.monitor.window;

import org.jspecify.annotations.NullMarked;
