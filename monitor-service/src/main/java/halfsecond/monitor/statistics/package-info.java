// SPDX-License-Identifier: Apache-2.0
/**
 * How change is judged: tests of distributions and proportions with the size of the effect beside
 * its significance, detectors of sudden change, and what a change is made of. Knows nothing of
 * speech, storage or transport, so that anything may be judged by it.
 */
@NullMarked
package halfsecond.monitor.statistics;

import org.jspecify.annotations.NullMarked;
