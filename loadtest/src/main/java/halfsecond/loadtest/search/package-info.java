// SPDX-License-Identifier: Apache-2.0

/**
 * Finds the largest rate that holds a percentile bound with a stated confidence, in the manner of
 * MLPerf's server scenario: Poisson arrivals, early stopping by the binomial distribution, the
 * winner run again. Knows runs only by their verdicts.
 */
@NullMarked
package halfsecond.loadtest.search;

import org.jspecify.annotations.NullMarked;
