// SPDX-License-Identifier: Apache-2.0
/**
 * Notices that somebody says substantially the same again, which tells that the answer before was
 * no good, without keeping what was said.
 */
@NullMarked
package halfsecond.router.redo;

import org.jspecify.annotations.NullMarked;
