// SPDX-License-Identifier: Apache-2.0

/**
 * Speaks the queries of a schedule to a target, each in real time, whether or not the target keeps
 * up (an open loop), and notes what became of each. Decides nothing about what is good.
 */
@NullMarked
package halfsecond.loadtest.drive;

import org.jspecify.annotations.NullMarked;
