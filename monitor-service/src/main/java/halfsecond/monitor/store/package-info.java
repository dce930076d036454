// SPDX-License-Identifier: Apache-2.0

/**
 * What the monitor keeps so that neither a restart nor {@code kill -9} makes it forget: utterance
 * records in the order in which they came, what users did with transcripts, and documents. One SQL
 * over an embedded database or PostgreSQL; only this package sees either.
 */
@NullMarked
package halfsecond.monitor.store;

import org.jspecify.annotations.NullMarked;
