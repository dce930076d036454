// SPDX-License-Identifier: Apache-2.0

/** What this service measures about itself: every name in one place. */
@NullMarked
package halfsecond.router.measure;

import org.jspecify.annotations.NullMarked;
