// SPDX-License-Identifier: Apache-2.0

/** Rules that hold for all packages of the module. */
@NullMarked
package halfsecond.common;

import org.jspecify.annotations.NullMarked;
