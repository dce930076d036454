// SPDX-License-Identifier: Apache-2.0

/**
 * Whether there is capacity for one more session or utterance, judged by what recognition costs and
 * not by a fixed count. Nothing that was admitted is shed.
 */
@NullMarked
package halfsecond.router.admission;

import org.jspecify.annotations.NullMarked;
