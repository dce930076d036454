// SPDX-License-Identifier: Apache-2.0
/**
 * What is known about one utterance, as values that cannot be wrong: every type checks its own
 * fields and refuses with {@code FIELD_INVALID}, naming the field of the contract. Nothing here can
 * hold text that was spoken.
 */
@NullMarked
package halfsecond.monitor.record;

import org.jspecify.annotations.NullMarked;
