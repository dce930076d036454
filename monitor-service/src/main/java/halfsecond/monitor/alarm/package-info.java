// SPDX-License-Identifier: Apache-2.0
/**
 * Alarms as people meet them: what they say, the states they go through, what is done about them,
 * and who is told. What changed is decided elsewhere; see {@code judge}.
 */
@NullMarked
package halfsecond.monitor.alarm;

import org.jspecify.annotations.NullMarked;
