// SPDX-License-Identifier: Apache-2.0

/**
 * The dashboard in a browser, over a scripted monitor that answers every method of the contract.
 */
@NullMarked
package halfsecond.monitor.dashboard;

import org.jspecify.annotations.NullMarked;
