// SPDX-License-Identifier: Apache-2.0

/** Reports as files. */
@NullMarked
package halfsecond.loadtest.json;

import org.jspecify.annotations.NullMarked;
