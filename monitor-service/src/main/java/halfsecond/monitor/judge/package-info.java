// SPDX-License-Identifier: Apache-2.0
/**
 * Watches the stream of utterance records for change and says what changed, where, since when, how
 * sure that is and what to do. Knows nothing of storage or transport.
 */
@NullMarked
package halfsecond.monitor.judge;

import org.jspecify.annotations.NullMarked;
