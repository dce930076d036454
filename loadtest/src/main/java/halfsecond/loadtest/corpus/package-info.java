// SPDX-License-Identifier: Apache-2.0

/** The queries of a load test: speech with the words that are in it. */
@NullMarked
package halfsecond.loadtest.corpus;

import org.jspecify.annotations.NullMarked;
