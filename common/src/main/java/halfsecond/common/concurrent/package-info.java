// SPDX-License-Identifier: Apache-2.0

/**
 * Threads with names and bounds, work that runs in order on shared threads, time that tests can
 * hold, and counting out the work that is still open when a service stops.
 */
@NullMarked
package halfsecond.common.concurrent;

import org.jspecify.annotations.NullMarked;
