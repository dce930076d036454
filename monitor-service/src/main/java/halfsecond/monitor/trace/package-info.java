// SPDX-License-Identifier: Apache-2.0
/** Traces of recent utterances, for whoever looks at one of them. */
@NullMarked
package halfsecond.monitor.trace;

import org.jspecify.annotations.NullMarked;
