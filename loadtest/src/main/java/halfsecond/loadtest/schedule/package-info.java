// SPDX-License-Identifier: Apache-2.0

/**
 * When queries start, and which: decided before the run, so that nothing that the server does can
 * change what it is asked. Knows nothing of audio.
 */
@NullMarked
package halfsecond.loadtest.schedule;

import org.jspecify.annotations.NullMarked;
