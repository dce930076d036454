// SPDX-License-Identifier: Apache-2.0

/**
 * Draws a load report as one HTML file that needs nothing else: style, script and charts are inside
 * of it, and without the script it can still be read. Every chart has a table that says the same.
 * The output is well-formed XML as well, so that tests can read it.
 */
@NullMarked
package halfsecond.loadtest.html;

import org.jspecify.annotations.NullMarked;
