// SPDX-License-Identifier: Apache-2.0

/** Takes records in: each counts once however often it is sent, as long as it is remembered. */
@NullMarked
package halfsecond.monitor.intake;

import org.jspecify.annotations.NullMarked;
