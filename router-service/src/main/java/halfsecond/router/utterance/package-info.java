// SPDX-License-Identifier: Apache-2.0

/**
 * The values of one utterance that travel between the session, its ports and its record. Data only:
 * nothing here does anything, and nothing that holds words prints them.
 */
@NullMarked
package halfsecond.router.utterance;

import org.jspecify.annotations.NullMarked;
