// SPDX-License-Identifier: Apache-2.0

/**
 * Reads HOCON into records and tells an operator everything that is wrong with it at once, with
 * file and line.
 */
@NullMarked
package halfsecond.common.config;

import org.jspecify.annotations.NullMarked;
