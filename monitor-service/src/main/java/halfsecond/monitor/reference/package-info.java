// SPDX-License-Identifier: Apache-2.0
/** What new data is set beside: the same hours of the days before, or a time that was stored. */
@NullMarked
package halfsecond.monitor.reference;

import org.jspecify.annotations.NullMarked;
