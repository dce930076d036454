// SPDX-License-Identifier: Apache-2.0

/**
 * The record that every closed utterance leaves for the monitor, and the bounded queue in which
 * records wait. Recording never slows or breaks recognition: what does not fit is dropped and
 * counted.
 */
@NullMarked
package halfsecond.router.record;

import org.jspecify.annotations.NullMarked;
