// SPDX-License-Identifier: Apache-2.0

/**
 * Starting and stopping: owned resources are closed in reverse order, servers drain before they
 * stop, and a process ends with an exit code that means something.
 */
@NullMarked
package halfsecond.common.lifecycle;

import org.jspecify.annotations.NullMarked;
