// SPDX-License-Identifier: Apache-2.0

/** Gives the load test servers to measure. */
@NullMarked
package halfsecond.deploy.loadtest;

import org.jspecify.annotations.NullMarked;
