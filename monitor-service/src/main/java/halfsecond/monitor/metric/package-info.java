// SPDX-License-Identifier: Apache-2.0

/**
 * What services measure about themselves: declared metrics, their samples, and what these add up
 * to.
 */
@NullMarked
package halfsecond.monitor.metric;

import org.jspecify.annotations.NullMarked;
