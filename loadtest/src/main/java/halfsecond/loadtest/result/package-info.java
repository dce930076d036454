// SPDX-License-Identifier: Apache-2.0

/**
 * What a load test found, as plain data: the JSON file is these records field by field, and the
 * report is drawn from nothing else. Times are milliseconds, rates are utterances a second, unless
 * a name says otherwise.
 */
@NullMarked
package halfsecond.loadtest.result;

import org.jspecify.annotations.NullMarked;
