// SPDX-License-Identifier: Apache-2.0

/**
 * OpenTelemetry as every service uses it: configured by the standard environment variables, silent
 * unless asked, never global.
 */
@NullMarked
package halfsecond.common.telemetry;

import org.jspecify.annotations.NullMarked;
