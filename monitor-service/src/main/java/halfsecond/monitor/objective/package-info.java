// SPDX-License-Identifier: Apache-2.0
/**
 * Watches whether the promises are kept: answers within their budget, few refusals, and enough
 * recognition for what is asked of it. Knows nothing of storage or transport.
 */
@NullMarked
package halfsecond.monitor.objective;

import org.jspecify.annotations.NullMarked;
