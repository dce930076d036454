// SPDX-License-Identifier: Apache-2.0

/**
 * The command line of the load test. Answers go to standard output, progress to standard error;
 * ends with 0 when the run is valid and the bound holds, 1 when not, 64 for wrong usage.
 */
@NullMarked
package halfsecond.loadtest.cli;

import org.jspecify.annotations.NullMarked;
