// SPDX-License-Identifier: Apache-2.0
/**
 * What metrics there are, what each one means, and how those that come from utterance records are
 * read from them. Everything that counts, judges or shows a metric takes it from here.
 */
@NullMarked
package halfsecond.monitor.catalogue;

import org.jspecify.annotations.NullMarked;
