// SPDX-License-Identifier: Apache-2.0

/**
 * What a service knows about itself and tells the monitor: numbers by the names of the monitor's
 * catalogue. Knows nothing of how they get there.
 */
@NullMarked
package halfsecond.common.measure;

import org.jspecify.annotations.NullMarked;
