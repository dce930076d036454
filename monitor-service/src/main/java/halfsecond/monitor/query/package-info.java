// SPDX-License-Identifier: Apache-2.0
/**
 * Answers questions about metrics: how one went over time and where it should have been, and how
 * its distribution compares with another time. Knows no transport.
 */
@NullMarked
package halfsecond.monitor.query;

import org.jspecify.annotations.NullMarked;
