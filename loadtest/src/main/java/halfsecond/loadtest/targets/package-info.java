// SPDX-License-Identifier: Apache-2.0

/**
 * Speech servers that can be measured. A target only speaks its server's protocol; when what is
 * sent, and what the answers mean for latency, is decided by whoever drives it.
 */
@NullMarked
package halfsecond.loadtest.targets;

import org.jspecify.annotations.NullMarked;
