// SPDX-License-Identifier: Apache-2.0
/**
 * When change becomes an alarm, as far as people decide it: what they set in place of what the
 * judge takes by itself, and the record of every change.
 */
@NullMarked
package halfsecond.monitor.threshold;

import org.jspecify.annotations.NullMarked;
