// SPDX-License-Identifier: Apache-2.0

/**
 * What the tests of all modules share: real and made-up audio, how wrong a transcript is, time
 * under the test's control, tools that may be missing, a browser, and JVMs that may die. Never on a
 * service's own classpath.
 */
@NullMarked
package halfsecond.testing;

import org.jspecify.annotations.NullMarked;
