// SPDX-License-Identifier: Apache-2.0
/**
 * How many cores recognition has: what each replica says to any of the monitors, put together so
 * that all of them know the same, now and after a restart.
 */
@NullMarked
package halfsecond.monitor.capacity;

import org.jspecify.annotations.NullMarked;
