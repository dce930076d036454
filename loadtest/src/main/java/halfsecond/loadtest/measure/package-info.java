// SPDX-License-Identifier: Apache-2.0

/**
 * Runs a schedule and makes its numbers: latencies, errors, what the server and the generator took,
 * and whether the run may be believed at all.
 */
@NullMarked
package halfsecond.loadtest.measure;

import org.jspecify.annotations.NullMarked;
