// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.store;

import java.util.BitSet;

/**
 * What became of rows that were inserted.
 *
 * @param first number that the first of them got; the others follow it one by one
 * @param fresh places of those that were not there before
 */
record Appended(long first, BitSet fresh) {}
