// SPDX-License-Identifier: Apache-2.0

/**
 * Servers to compare with, for machines that lack the real ones. Each says what it stands in for
 * and is never called by that name.
 */
@NullMarked
package halfsecond.loadtest.peer;

import org.jspecify.annotations.NullMarked;
